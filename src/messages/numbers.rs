//! Numbers by the rules of a language: 12,345 in English.

use fluent_bundle::FluentValue;
use fluent_bundle::memoizer::MemoizerKind;
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::DecimalFormatterOptions;
use icu_locale_core::Locale;
use intl_memoizer::Memoizable;
use unic_langid::LanguageIdentifier;

struct Numbers(DecimalFormatter);

impl Memoizable for Numbers {
    type Args = ();
    type Error = Unknown;

    fn construct(language: LanguageIdentifier, (): ()) -> Result<Self, Unknown> {
        let locale: Locale = language.to_string().parse().map_err(|_| Unknown)?;
        DecimalFormatter::try_new((&locale).into(), DecimalFormatterOptions::default())
            .map(Self)
            .map_err(|_| Unknown)
    }
}

/// The library knows no numbers of this language.
struct Unknown;

/// What Fluent calls for each argument. `None` leaves the argument to Fluent.
pub(super) fn format(value: &FluentValue<'_>, memoizer: &impl MemoizerKind) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let decimal: Decimal = number.as_string().parse().ok()?;
    memoizer
        .with_try_get_threadsafe::<Numbers, _, _>((), |numbers| numbers.0.format(&decimal).to_string())
        .ok()
}
