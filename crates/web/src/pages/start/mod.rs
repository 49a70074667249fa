//! Where one begins after signing in: what to do next, for whom, by when.

use application::reads::tasks::{self, OwnReview, Task};

use crate::prelude::*;
use crate::shell::Link;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new().get("/", Audience::SignedIn, start).get("/suc-khoe", Audience::Public, alive).menu(
        "/",
        "start-menu",
        Audience::SignedIn,
    )
}

#[derive(Template)]
#[template(path = "start/start.html")]
struct StartPage {
    shell: Shell,
    name: String,
    tasks: Vec<Task>,
    reviews: Vec<OwnReview>,
    ways: Vec<Link>,
}

async fn start(visit: Visit) -> Answer {
    let shell = visit.shell("start-title");
    let ways = shell.menu.iter().filter(|link| link.path != "/").cloned().collect();
    let (tasks, reviews) = tasks::start(visit.app(), visit.actor()?).await?;
    visit.render(StartPage { tasks, reviews, ways, name: visit.actor()?.name.clone(), shell })
}

/// For whoever watches whether the program still answers.
async fn alive() -> &'static str {
    "ok\n"
}
