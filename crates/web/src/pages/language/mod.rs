//! Switches the language of the interface.

use crate::cookies::Cookie;
use crate::prelude::*;
use crate::session::own_path;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new().post("/ngon-ngu", Audience::Public, switch)
}

async fn switch(visit: Visit, Typed(form): Typed) -> Answer {
    let response = visit.go(own_path(form.value("tiep")))?;
    let chosen = Locale::from_tag(form.value("ngon-ngu")).unwrap_or_default();
    Ok(visit.with_cookie(response, Cookie::Language, Some(chosen.tag())))
}
