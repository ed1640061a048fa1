//! The metrics that exist are those of the documentation, and the files in `deploy/` use no others.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::*;

fn file(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The text of all metrics, each with a value.
fn text_of_all() -> String {
    interaction("command", "news", "answered", Duration::from_millis(3));
    discord_request("gateway", Some(200), Duration::from_millis(3));
    gateway_session("new");
    reload("changed", Duration::from_millis(3));
    deliveries("sent", 2);
    database_error("busy");
    let facts = Facts {
        sources: vec![("good", 1)],
        feeds: vec![("active", 1)],
        deliveries: vec![("due", 3)],
        due_for: Some(Duration::from_secs(5)),
        ..Facts::default()
    };
    rendered(&facts)
}

/// The names that a text of metrics declares.
fn names() -> BTreeSet<String> {
    let text = text_of_all();
    let declared = text.lines().filter_map(|line| line.strip_prefix("# TYPE "));
    declared.filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

/// Every word that begins as the name of a metric.
fn named_in(text: &str) -> BTreeSet<String> {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let words = text.split(|letter| !is_part(letter));
    words.filter(|word| word.starts_with("heatwire_")).map(str::to_owned).collect()
}

/// The name without what a histogram adds.
fn family(name: &str) -> &str {
    let ending = ["_bucket", "_sum", "_count"].into_iter().find(|ending| name.ends_with(ending));
    ending.and_then(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

#[test]
fn each_metric_has_a_name_a_help_and_a_unit_of_prometheus() {
    let registered = include_str!("../metrics.rs").matches("register(").count();
    // One of them is the call of the registry.
    assert_eq!(names().len(), registered - 1, "each registered metric has a value in this test");
    let text = text_of_all();
    for line in text.lines().filter(|line| line.starts_with("# TYPE ")) {
        let is_counter = line.ends_with(" counter");
        assert_eq!(is_counter, line.contains("_total "), "{line}");
        assert!(!line.contains("_ms ") && !line.contains("heatwire_heatwire"), "{line}");
    }
    assert!(
        text.contains("heatwire_interactions_total{kind=\"command\",name=\"news\",outcome=\"answered\"} ")
    );
    assert!(text.contains("heatwire_deliveries_due_age_seconds 5"), "{text}");
}

#[test]
fn the_documentation_lists_exactly_the_metrics_that_exist() {
    let documented = file("docs/metrics.md");
    let rows = documented.lines().filter(|line| line.starts_with("| `heatwire_"));
    let listed: BTreeSet<String> = rows.filter_map(|row| row.split('`').nth(1)).map(str::to_owned).collect();
    assert_eq!(listed, names());
    let named: BTreeSet<String> = named_in(&documented).iter().map(|name| family(name).to_owned()).collect();
    assert_eq!(named, names(), "no other metric is named in the text");
}

#[test]
fn dashboard_and_alerts_use_only_metrics_that_exist() {
    let dashboard: serde_json::Value = serde_json::from_str(&file("deploy/grafana.json")).unwrap();
    let panels = dashboard["panels"].as_array().unwrap();
    let expressions = |panel: &serde_json::Value| -> Vec<String> {
        let targets = panel["targets"].as_array().unwrap().iter();
        targets.map(|target| target["expr"].as_str().unwrap().to_owned()).collect()
    };
    let shown: Vec<String> = panels.iter().flat_map(expressions).collect();
    let alerts: Vec<String> = alerts().into_iter().map(|alert| alert.expr).collect();
    assert!(shown.len() >= panels.len() && alerts.len() > 8);
    let (existing, text) = (names(), text_of_all());
    for expression in shown.iter().chain(&alerts) {
        let named = named_in(expression);
        assert!(!named.is_empty(), "{expression}");
        for name in named {
            // A histogram has its series under longer names.
            let is_histogram = text.contains(&format!("# TYPE {} histogram", family(&name)));
            let is_known = if is_histogram { name != family(&name) } else { existing.contains(&name) };
            assert!(is_known, "{name} in {expression}");
        }
    }
    let in_panels: BTreeSet<String> = shown
        .iter()
        .flat_map(|expression| named_in(expression))
        .map(|name| family(&name).to_owned())
        .collect();
    assert_eq!(in_panels, existing, "the dashboard shows every metric");
}

#[test]
fn each_alert_says_what_to_do() {
    for alert in alerts() {
        assert!(alert.annotations.contains_key("summary"), "{}", alert.alert);
        assert!(alert.annotations["description"].ends_with('.'), "{}", alert.alert);
    }
}

#[derive(serde::Deserialize)]
struct AlertFile {
    groups: Vec<AlertGroup>,
}

#[derive(serde::Deserialize)]
struct AlertGroup {
    rules: Vec<Alert>,
}

#[derive(serde::Deserialize)]
struct Alert {
    alert: String,
    expr: String,
    annotations: std::collections::BTreeMap<String, String>,
}

fn alerts() -> Vec<Alert> {
    let read: AlertFile = serde_yaml::from_str(&file("deploy/alerts.yaml")).unwrap();
    read.groups.into_iter().flat_map(|group| group.rules).collect()
}

#[test]
fn a_status_that_nobody_knows_makes_no_series_of_its_own() {
    let labels: BTreeSet<&str> = (0..=u16::MAX).map(|status| status_label(Some(status))).collect();
    assert_eq!(labels.len(), STATUSES.len() + 5);
    assert_eq!(
        (status_label(Some(429)), status_label(Some(418)), status_label(None)),
        ("429", "4xx", "none")
    );
}
