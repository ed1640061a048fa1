//! heatwire: a Discord bot that surfaces articles, hottest first.
//!
//! Read the modules in this order; it is also the way of one article:
//!
//! 1. [`article`]: a Markdown file with YAML front matter becomes a valid [`article::Article`], or problems;
//! 2. [`collection`]: all articles below a folder;

pub mod article;
pub mod collection;
