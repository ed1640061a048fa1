//! Which keys each mapping has, and how their values are read: the same as in [`super::super::raw`], where each is
//! declared for the full parser.

use super::super::raw::{RawArticle, RawAuthor, RawImage, RawProvider, RawRatings, RawRelated};
use super::{Keys, Reader, Value};

macro_rules! keys {
    ($mapping:ident: $($name:literal $field:ident $read:ident),* $(,)?) => {
        impl<'text> Keys<'text> for $mapping<'text> {
            const NAMES: &'static [&'static str] = &[$($name),*];

            fn take(&mut self, index: usize, value: Value<'text>, reader: &mut Reader<'text>) -> Option<()> {
                // The compiler makes one jump of this.
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

keys!(RawArticle:
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
    "related" related mappings,
    "updatedDateTime" updated_date_time text,
    "removed" removed text,
    "length" length text,
    "price" price text,
    "levels" levels texts,
    "ratings" ratings mapping,
);

keys!(RawProvider:
    "name" name text,
    "domain" domain text,
    "images" images mappings,
    "authors" authors mappings,
);

keys!(RawAuthor: "name" name text);

keys!(RawImage:
    "url" url text,
    "width" width text,
    "height" height text,
    "isCached" is_cached text,
    "title" title text,
    "attribution" attribution text,
);

keys!(RawRelated:
    "title" title text,
    "excerpt" excerpt text,
    "publishedDateTime" published_date_time text,
    "webUrl" web_url text,
    "originalUrl" original_url text,
    "ampWebUrl" amp_web_url text,
    "cdnAmpWebUrl" cdn_amp_web_url text,
    "type" kind text,
    "provider" provider mapping,
    "quality" quality text,
    "images" images mappings,
);

keys!(RawRatings:
    "average" average text,
    "count" count text,
);
