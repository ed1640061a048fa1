//! Scores of imported articles.
