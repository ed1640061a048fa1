//! The keys of each mapping, and how their values are read. The keys are those of [`super::super::raw`] for the full parser.
//! The keys of related stories are in [`super::story`].

use super::super::raw::{RawArticle, RawAuthor, RawImage, RawProvider, RawRatings};
use super::{Keys, Reader, Value};

macro_rules! keys {
    ($mapping:ty: $($name:literal $field:ident $read:ident),* $(,)?) => {
        impl<'text> Keys<'text> for $mapping {
            const NAMES: &'static [&'static str] = &[$($name),*];

            fn take(&mut self, index: usize, value: Value<'text>, reader: &mut Reader<'text>) -> Option<()> {
                // The compiler turns these comparisons into one jump.
                let at = 0;
                $(
                    if index == at {
                        self.$field = reader.$read(value)?;
                        return Some(());
                    }
                    let at = at + 1;
                )*
                (index < at).then_some(())
            }
        }
    };
}

pub(super) use keys;

keys!(RawArticle<'text>:
    "category" category text,
    "title" title text,
    "excerpt" excerpt text,
    "publishedDateTime" published_date_time text,
    "webUrl" web_url text,
    "originalUrl" original_url text,
    "ampWebUrl" amp_web_url text,
    "cdnAmpWebUrl" cdn_amp_web_url text,
    "type" kind text,
    "quality" quality text,
    "heat" heat text,
    "published" published text,
    "provider" provider mapping,
    "topics" topics texts,
    "images" images mappings,
    "related" related related_stories,
    "updatedDateTime" updated_date_time text,
    "removed" removed text,
    "draft" draft text,
    "announce" announce text,
    "imported" imported text,
    "length" length text,
    "price" price text,
    "levels" levels texts,
    "ratings" ratings mapping,
);

keys!(RawProvider<'text>:
    "name" name text,
    "domain" domain text,
    "images" images mappings,
    "authors" authors mappings,
);

keys!(RawAuthor<'text>: "name" name text);

keys!(RawImage<'text>:
    "url" url text,
    "width" width text,
    "height" height text,
    "isCached" is_cached text,
    "title" title text,
    "attribution" attribution text,
);

keys!(RawRatings<'text>:
    "average" average text,
    "count" count text,
);
