//! Serves the pages of the last preview as images, from memory and to nobody else.

use crate::Door;
use tauri::http::{Request, Response, StatusCode};
use tauri::{AppHandle, Manager as _};

/// Answers `luwtepage://localhost/<page>`; the page number counts from 1.
pub(crate) fn serve(handle: &AppHandle, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let number = request.uri().path().trim_matches('/').parse::<usize>().ok();
    let page = number.and_then(|n| handle.state::<Door>().with(|app| app.page(n).map(str::to_owned)));
    let answer = Response::builder().header("cache-control", "no-store").header("x-content-type-options", "nosniff");
    let answer = match page {
        Some(svg) => answer.header("content-type", "image/svg+xml").body(svg.into_bytes()),
        None => answer.status(StatusCode::NOT_FOUND).body(Vec::new()),
    };
    answer.unwrap_or_default()
}
