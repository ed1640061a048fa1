//! Bytes in all encodings.

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, GB18030, ISO_2022_JP, KOI8_R, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252,
};

use super::address;
use crate::read;

#[track_caller]
fn title_of(bytes: &[u8], content_type: Option<&str>) -> String {
    read(bytes, content_type, &address()).unwrap().title.unwrap()
}

fn document(declaration: &str, title: &str) -> String {
    format!("{declaration}<rss version='2.0'><channel><title>{title}</title></channel></rss>")
}

#[test]
fn utf_16_and_32_with_and_without_a_mark() {
    let title = "Grüße, 世界 🌍";
    let with_mark = document("\u{FEFF}<?xml version='1.0' encoding='utf-16'?>", title);
    let without = document("<?xml version='1.0'?>", title);
    for text in [with_mark, without] {
        let bytes = |to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
        let wide_bytes =
            |to: fn(u32) -> [u8; 4]| text.chars().map(u32::from).flat_map(to).collect::<Vec<u8>>();
        for bytes in [
            bytes(u16::to_le_bytes),
            bytes(u16::to_be_bytes),
            wide_bytes(u32::to_le_bytes),
            wide_bytes(u32::to_be_bytes),
        ] {
            assert_eq!(title_of(&bytes, None), title, "{:?}", &bytes[..4]);
            assert_eq!(title_of(&bytes, Some("text/xml; charset=utf-8")), title);
            // An odd byte at the end.
            assert_eq!(title_of(&bytes[..bytes.len() - 1], None), title);
        }
    }
}

#[test]
fn the_header_or_the_declaration_names_the_encoding() {
    let cases = [
        (WINDOWS_1251, "Привет, мир", "windows-1251"),
        (KOI8_R, "Привет, мир", "koi8-r"),
        (SHIFT_JIS, "こんにちは世界", "Shift_JIS"),
        (EUC_JP, "こんにちは世界", "euc-jp"),
        (ISO_2022_JP, "こんにちは世界", "ISO-2022-JP"),
        (EUC_KR, "안녕하세요", "EUC-KR"),
        (GB18030, "你好，世界", "gb2312"),
        (BIG5, "你好，世界", "big5"),
        (WINDOWS_1252, "Grüße – “Zoë”", "ISO-8859-1"),
    ];
    for (encoding, title, label) in cases {
        let declared = document(&format!("<?xml version=\"1.0\" encoding=\"{label}\"?>"), title);
        assert_eq!(title_of(&encoding.encode(&declared).0, None), title, "{label}");
        assert_eq!(
            title_of(&encoding.encode(&declared).0, Some("text/xml; charset=iso-8859-1")),
            title,
            "{label}"
        );
        let header = format!("application/rss+xml; charset=\"{label}\"");
        assert_eq!(title_of(&encoding.encode(&document("", title)).0, Some(&header)), title, "{label}");
    }
}

#[test]
fn utf_8_stays_whatever_is_declared() {
    let title = "Grüße, 世界";
    for declaration in
        ["<?xml version='1.0' encoding='ISO-8859-1'?>", "<?xml version='1.0' encoding='nonsense'?>", ""]
    {
        assert_eq!(
            title_of(document(declaration, title).as_bytes(), Some("text/xml; charset=windows-1252")),
            title
        );
    }
    // One byte of something else, and a character that is cut off.
    let mut bytes = document("", "Grüße, Привет X").into_bytes();
    let x = bytes.iter().position(|byte| *byte == b'X').unwrap();
    bytes[x] = 0x96;
    assert_eq!(title_of(&bytes, None), "Grüße, Привет –");
    let bytes = [document("", title).as_bytes(), b"\xE4\xB8"].concat();
    assert_eq!(title_of(&bytes, Some("text/xml; charset=iso-8859-1")), title);
}

#[test]
fn an_encoding_that_nobody_names_is_guessed() {
    let title = "Сегодня в Москве прошёл большой праздник";
    assert_eq!(title_of(&WINDOWS_1251.encode(&document("", title)).0, None), title);
    let title = "東京の天気は今日も晴れでしょう";
    assert_eq!(title_of(&SHIFT_JIS.encode(&document("<?xml encoding='utf-8'?>", title)).0, None), title);
}
