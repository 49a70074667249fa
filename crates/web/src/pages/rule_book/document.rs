//! Một bộ quy định đọc như văn bản, with an anchor for each rule and each source.

use application::reads::rule_book::{BookPage as View, EntryView, SubjectView, book, campaign_book};
use application::rulebooks::Line;
use domain::CampaignId;

use crate::prelude::*;
use crate::said;

#[derive(Template)]
#[template(path = "rule_book/document.html")]
struct DocumentPage {
    shell: Shell,
    view: View,
}

/// A section of the document: anchor and key of its heading.
type Section = (&'static str, &'static str);

impl DocumentPage {
    /// The sections this book has something in, in order.
    fn contents(&self) -> Vec<Section> {
        let view = &self.view;
        let exemptions = view.subjects.iter().any(|subject| !subject.exemptions.is_empty());
        let criteria = view.subjects.iter().any(|subject| !subject.criteria.is_empty());
        let calendar = !view.steps.is_empty() || !view.limits.is_empty() || !view.quarter_steps.is_empty();
        let consequences = !view.consequences.is_empty() || !view.history_counts.is_empty();
        let procedure = !view.procedures.is_empty() || !view.majorities.is_empty();
        let all = [
            (true, "levels", "book-levels"),
            (exemptions, "who", "book-who"),
            (true, "conditions", "book-conditions"),
            (criteria, "criteria", "book-criteria"),
            (!view.points.frames.is_empty(), "points", "book-points"),
            (!view.quotas.is_empty(), "quotas", "book-quotas"),
            (!view.order.is_empty() || !view.sequence.is_empty(), "order", "book-order"),
            (procedure, "procedure", "book-procedure"),
            (calendar, "calendar", "book-calendar"),
            (!view.remediation.is_empty(), "remediation", "book-remediation"),
            (consequences, "consequences", "rulebook-part-consequences"),
            (!view.forms.is_empty(), "forms", "book-forms"),
            (!view.provisions.is_empty(), "provisions", "rulebook-part-provisions"),
            (!view.settings.is_empty(), "settings", "book-settings"),
            (!view.facts.is_empty(), "facts", "book-facts"),
            (true, "sources", "book-sources"),
        ];
        all.into_iter().filter(|(there, ..)| *there).map(|(_, anchor, key)| (anchor, key)).collect()
    }

    /// What stands below a section in the contents: anchor and title.
    fn below(&self, section: &str) -> Vec<(String, String)> {
        let tag = self.shell.t.locale().tag();
        let view = &self.view;
        match section {
            "conditions" => {
                let subjects = view.subjects.iter().filter(|subject| !subject.groups.is_empty());
                let line =
                    |subject: &SubjectView| (format!("conditions-{}", subject.id), subject.title.get(tag).to_owned());
                subjects.map(line).collect()
            }
            "points" => {
                let frames = view.points.frames.iter().map(|frame| &frame.entry);
                let frames = frames.map(|entry| (entry.anchor.clone(), entry.title.get(tag).to_owned()));
                let others = self.of_points().into_iter();
                let others = others.map(|(anchor, _)| (anchor.to_owned(), self.part(anchor)));
                frames.chain(others).collect()
            }
            "provisions" => {
                let topics = view.provisions.iter();
                topics.map(|one| (format!("provisions-{}", one.topic), self.topic(&one.topic))).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What the book says of points besides the frames: anchor, and what stands there.
    fn of_points(&self) -> Vec<(&'static str, &[EntryView])> {
        let points = &self.view.points;
        let all = [
            ("components", points.components.as_slice()),
            ("roundings", points.roundings.as_slice()),
            ("means", points.means.as_slice()),
            ("feeds", points.feeds.as_slice()),
        ];
        all.into_iter().filter(|(_, entries)| !entries.is_empty()).collect()
    }

    /// Labels with what is said under each.
    fn told(&self, lines: &[Line]) -> Vec<(String, Vec<String>)> {
        said::by_aspect(lines, self.shell.t)
    }

    fn part(&self, name: &str) -> String {
        self.shell.t.get(&format!("rulebook-part-{name}"))
    }

    fn topic(&self, word: &str) -> String {
        self.shell.t.get(&format!("rulebook-said-topic-{word}"))
    }

    fn has(&self, section: &str) -> bool {
        self.contents().iter().any(|(anchor, _)| *anchor == section)
    }

    /// `05/12 of the year under review`.
    fn due(&self, day: &str, year: &i32) -> String {
        let key = match *year {
            0 => "book-day-same-year",
            1 => "book-day-next-year",
            _ => "book-day-later-year",
        };
        self.shell.t.two(key, "day", day, "years", *year)
    }

    /// A box of the ballot: the level's name, or our word for a box that is no level.
    fn ballot_box(&self, id: &str, name: &str) -> String {
        if name.is_empty() { self.shell.t.get(&format!("ballot-choice-{id}")) } else { name.to_owned() }
    }
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let view = book(visit.app(), &id)?;
    let shell = visit.shell_text(view.head.title.get(visit.locale().tag())).back("/quy-dinh", "book-list-title");
    visit.render(DocumentPage { shell, view })
}

pub(super) async fn of_campaign(visit: Visit, Path(campaign): Path<CampaignId>) -> Answer {
    let view = campaign_book(visit.app(), visit.actor()?, campaign).await?;
    let shell = visit.shell_text(view.head.title.get(visit.locale().tag()));
    let shell = shell.back(format!("/dot/{campaign}"), "campaign-progress-title");
    visit.render(DocumentPage { shell, view })
}
