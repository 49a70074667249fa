//! Sign in, sign out.

use std::collections::BTreeMap;

use axum::http::HeaderMap;

use crate::cookies::Cookie;
use crate::prelude::*;
use crate::session;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new().get("/dang-nhap", Audience::Public, ask).post("/dang-nhap", Audience::Public, enter).post(
        "/dang-xuat",
        Audience::SignedIn,
        leave,
    )
}

#[derive(Template)]
#[template(path = "sign_in/sign_in.html")]
struct SignInPage {
    shell: Shell,
    form: FormState,
}

fn show(visit: &Visit, form: FormState) -> Answer {
    visit.render_form(form.has_errors(), SignInPage { shell: visit.shell("sign-in-title"), form })
}

async fn ask(visit: Visit, Query(query): Query<BTreeMap<String, String>>) -> Answer {
    let next = session::own_path(query.get("tiep").map_or("/", String::as_str)).to_owned();
    if visit.context.actor().is_some() {
        return visit.go(&next);
    }
    show(&visit, FormState::new().set("tiep", next))
}

async fn enter(visit: Visit, Typed(mut form): Typed) -> Answer {
    let login = domain::text::tidy(form.value("login"));
    let passphrase = form.value("passphrase").to_owned();
    form.put("passphrase", "");
    for name in ["login", "passphrase"] {
        let given = if name == "login" { &login } else { &passphrase };
        if given.is_empty() {
            form.fail(name, visit.t.get(&format!("sign-in-{name}-empty")));
        }
    }
    if form.has_errors() {
        return show(&visit, form);
    }
    if let Some(cookie) = session::begin(visit.server(), &login, &passphrase).await? {
        let response = visit.go(session::own_path(form.value("tiep")))?;
        Ok(visit.with_cookie(response, Cookie::Session, Some(&cookie)))
    } else {
        form.fail("login", visit.t.get("sign-in-wrong"));
        show(&visit, form)
    }
}

async fn leave(visit: Visit, headers: HeaderMap) -> Answer {
    if let Some(cookie) = Cookie::Session.read(&headers, visit.server().config.secure()) {
        session::end(visit.server(), &cookie).await?;
    }
    let response = visit.see_other(session::SIGN_IN, Flash::done("sign-in-left"))?;
    Ok(visit.with_cookie(response, Cookie::Session, None))
}
