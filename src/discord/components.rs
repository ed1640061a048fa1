//! Buttons and menus: what was pressed, by whom, becomes the same call a command makes.

use std::future::Future;

use super::commands::article::{self, ArticleInput, WantedArticle};
use super::commands::feed::list::{self, Decision};
use super::commands::news::{self, NewsInput};
use super::commands::problems;
use super::commands::topics::{self, TopicsInput};
use super::commands::why::{self, WhyInput};
use super::custom_id::CustomId;
use super::permissions::{Caller, ServerSettings, require_moderator};
use super::reply::{Answer, Audience, Deferral, Reply};
use super::state::State;
use crate::messages::Words;
use crate::query::{Query, Wanted};
use article_format::parse_hash;

/// One use of a button or menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// Who used it.
    pub presser: Caller,
    /// Whose question the message answers that the component stands in, as Discord says; `None` where it answers nobody's.
    pub answered: Option<u64>,
    /// The component's `custom_id`.
    pub custom_id: String,
    /// The values chosen in a menu.
    pub values: Vec<String>,
    /// The language of their Discord, as `en-GB`.
    pub locale: String,
}

impl Use {
    /// Whether the message answers the one who presses. Only then may it change: a forged `custom_id` can name anybody as the
    /// asker, and stand in any message of ours.
    fn is_in_own_answer(&self) -> bool {
        self.answered == Some(self.presser.user)
    }
}

/// Whether the answer is deferred: what is for moderators may take a request to Discord to find out who they are.
#[must_use]
pub fn deferral(used: &Use) -> Option<Deferral> {
    let deferral = match CustomId::parse(&used.custom_id)? {
        CustomId::ShowProblems => Some(Deferral::Message),
        CustomId::Problems { .. }
        | CustomId::FeedList { .. }
        | CustomId::Delivery { .. }
        | CustomId::Withdrawals { .. }
        | CustomId::Why { .. } => Some(Deferral::Update),
        _ => None,
    };
    deferral.map(|deferral| if used.is_in_own_answer() { deferral } else { Deferral::Message })
}

/// Whether a component belongs to a command for moderators.
#[must_use]
pub fn is_for_moderators(custom_id: &str) -> bool {
    CustomId::parse(custom_id).is_some_and(|id| !id.commands().is_empty())
}

/// Answers it. Only the asker turns the pages of their answer, in place; anybody else gets a copy of
/// their own, which only they see. `settings` are the server's, asked only where needed.
pub async fn run(
    used: Use,
    settings: impl Future<Output = Result<ServerSettings, String>>,
    state: &State,
) -> Answer {
    let words = Words::of_locale(&used.locale);
    let presser = used.presser.user;
    let value = used.values.first().and_then(|value| parse_hash(value));
    let place = |asker: u64| Place { is_own: asker == presser && used.is_in_own_answer() };
    match CustomId::parse(&used.custom_id) {
        Some(CustomId::News { asker, query, page, .. }) => {
            let input = NewsInput { asker: presser, query, page, audience: place(asker).audience() };
            place(asker).answer(news::run(input, state).await)
        }
        Some(CustomId::Topics { asker, page }) => {
            let input = TopicsInput { asker: presser, page, audience: place(asker).audience() };
            place(asker).answer(topics::run(input, state).await)
        }
        Some(CustomId::Related { asker, article, page }) => {
            let wanted = WantedArticle::Hash(article);
            let input = ArticleInput { asker: presser, wanted, page, audience: place(asker).audience() };
            place(asker).answer(article::run(input, state).await)
        }
        Some(CustomId::FeedCard { article, .. }) => opened(article, presser, state).await,
        Some(CustomId::OpenArticle | CustomId::FeedDigest { .. }) => match value {
            Some(article) => opened(article, presser, state).await,
            None => from_another_version(),
        },
        Some(CustomId::OpenTopic) => match value {
            Some(hash) => {
                let query = Query { topic: Some(Wanted::Hash(hash)), ..Query::default() };
                let input = NewsInput { asker: presser, query, page: 0, audience: Audience::AskerOnly };
                Answer::Message(news::run(input, state).await)
            }
            None => from_another_version(),
        },
        Some(
            id @ (CustomId::ShowProblems
            | CustomId::Problems { .. }
            | CustomId::FeedList { .. }
            | CustomId::Delivery { .. }
            | CustomId::Withdrawals { .. }
            | CustomId::Why { .. }),
        ) => {
            let commands = state.registered().ids(id.commands());
            match require_moderator(&used.presser, &commands, settings).await {
                Ok(()) => of_moderators(id, server_of(&used.presser), words, state).await,
                Err(refusal) => Answer::Message(refusal),
            }
        }
        None => from_another_version(),
    }
}

/// The article with this hash in full, for the presser alone.
async fn opened(article: u64, presser: u64, state: &State) -> Answer {
    let wanted = WantedArticle::Hash(article);
    let input = ArticleInput { asker: presser, wanted, page: 0, audience: Audience::AskerOnly };
    Answer::Message(article::run(input, state).await)
}

/// What was pressed by somebody who may.
async fn of_moderators(id: CustomId, server: u64, words: &Words, state: &State) -> Answer {
    match id {
        CustomId::ShowProblems => Answer::Message(problems::page(0, words, state)),
        CustomId::Problems { page } => Answer::Update(problems::page(page, words, state)),
        CustomId::FeedList { page } => list_answer(list::turn(server, page, state).await),
        CustomId::Delivery { delivery, is_resent, page } => {
            let decision = Decision::Delivery(delivery, is_resent);
            list_answer(list::decide(server, page, decision, state).await)
        }
        CustomId::Withdrawals { feed, are_done, page } => {
            let decision = Decision::Withdrawals(feed, are_done);
            list_answer(list::decide(server, page, decision, state).await)
        }
        CustomId::Why { article, page } => {
            let input = WhyInput { server, wanted: WantedArticle::Hash(article), page };
            Answer::Update(why::run(input, state).await)
        }
        _ => from_another_version(),
    }
}

/// A list that could not be read leaves the one that is there.
fn list_answer(list: Result<Reply, String>) -> Answer {
    list.map_or_else(|fault| Answer::Message(Reply::to_asker(fault)), Answer::Update)
}

fn server_of(presser: &Caller) -> u64 {
    presser.member.as_ref().map_or(0, |member| member.server)
}

fn from_another_version() -> Answer {
    Answer::Message(Reply::to_asker("This button is from another version of me. Ask again with `/news`."))
}

/// Where the answer to a press goes.
struct Place {
    /// Whether the presser is the one who asked.
    is_own: bool,
}

impl Place {
    fn audience(&self) -> Audience {
        if self.is_own { Audience::Everyone } else { Audience::AskerOnly }
    }

    /// Words without cards never replace a page that is still good to read; they come as a message of their own.
    fn answer(&self, reply: Reply) -> Answer {
        let is_words_only = reply.cards.is_empty() && reply.rows.is_empty();
        if self.is_own && !is_words_only { Answer::Update(reply) } else { Answer::Message(reply) }
    }
}
