//! The list of buttons and menus. A new kind is a [`super::component::Kind`] in the file of its command, and a line in
//! [`COMPONENTS`].

use super::commands::article::buttons::ShareArticle;
use super::commands::article::open::{FeedCardButton, FeedDigestMenu};
use super::commands::article::{self, ArticleMenu, RelatedPage};
use super::commands::feed::list::{DeliveryDecision, FeedListPage, WithdrawalsDecision};
use super::commands::feed::post::PostNow;
use super::commands::feed::resume_button::ResumeFeed;
use super::commands::more_like_this::{self, MoreLikeMenu};
use super::commands::news::{self, NewsPage};
use super::commands::problems::{ProblemsPage, ShowProblems};
use super::commands::search::{self, SearchPage};
use super::commands::topics::{self, TopicMenu, TopicsPage};
use super::commands::why::{self, WhyPage};
use super::commands::{feed, reload, status};
use super::component::Component;
use super::custom_id::Fields;

/// Every kind, with the commands that it belongs to. Who may use one of these commands may use the component.
pub(crate) static COMPONENTS: &[Component] = &[
    Component::of::<NewsPage>(&[&news::COMMAND]),
    Component::of::<SearchPage>(&[&search::COMMAND]),
    Component::of::<TopicsPage>(&[&topics::COMMAND]),
    Component::of::<TopicMenu>(&[&topics::COMMAND]),
    Component::of::<ArticleMenu>(&[&article::COMMAND]),
    Component::of::<RelatedPage>(&[&article::COMMAND]),
    Component::of::<ShareArticle>(&[&article::COMMAND]),
    Component::of::<FeedCardButton>(&[&article::COMMAND]),
    Component::of::<FeedDigestMenu>(&[&article::COMMAND]),
    Component::of::<MoreLikeMenu>(&[&more_like_this::COMMAND]),
    Component::of::<ShowProblems>(&[&reload::COMMAND, &status::COMMAND]),
    Component::of::<ProblemsPage>(&[&reload::COMMAND, &status::COMMAND]),
    Component::of::<FeedListPage>(&[&feed::COMMAND]),
    Component::of::<DeliveryDecision>(&[&feed::COMMAND]),
    Component::of::<WithdrawalsDecision>(&[&feed::COMMAND]),
    Component::of::<ResumeFeed>(&[&feed::COMMAND]),
    Component::of::<PostNow>(&[&feed::COMMAND]),
    Component::of::<WhyPage>(&[&why::COMMAND]),
];

/// The kind and the fields of a `custom_id`.
pub(crate) fn find(custom_id: &str) -> Option<(&'static Component, Fields<'_>)> {
    let (tag, fields) = Fields::split(custom_id);
    Some((COMPONENTS.iter().find(|component| component.tag == tag)?, fields))
}
