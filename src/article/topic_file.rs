//! (stub until merge)
/// A topic file.
#[derive(Debug, Clone, Default)]
pub struct TopicFile {
    /// `_id`.
    pub id: Option<Box<str>>,
    /// name.
    pub name: Box<str>,
    /// shortname.
    pub shortname: Option<Box<str>>,
    /// parent.
    pub parent: Option<Box<str>>,
    /// keywords.
    pub keywords: Box<[Box<str>]>,
    /// hashtags.
    pub hashtags: Box<[Box<str>]>,
}
