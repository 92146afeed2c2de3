//! Serves the pages of the last preview, and the picture that is looked at, as images,
//! from memory and to nobody else.

use crate::Door;
use tauri::http::{Request, Response, StatusCode};
use tauri::{AppHandle, Manager as _};

/// Answers `luwtepage://localhost/<page>`, the page number counting from 1, and
/// `luwtepage://localhost/<id>` of a picture.
pub(crate) fn serve(handle: &AppHandle, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let name = request.uri().path().trim_matches('/');
    let door = handle.state::<Door>();
    let found = match (name.parse(), name.parse()) {
        (Ok(number), _) => door.with(|app| app.page(number).map(|svg| ("image/svg+xml", svg.as_bytes().to_vec()))),
        (_, Ok(id)) => door.with(|app| app.picture(id).map(|png| ("image/png", png.to_vec()))),
        _ => None,
    };
    let answer = Response::builder().header("cache-control", "no-store").header("x-content-type-options", "nosniff");
    let answer = match found {
        Some((kind, bytes)) => answer.header("content-type", kind).body(bytes),
        None => answer.status(StatusCode::NOT_FOUND).body(Vec::new()),
    };
    answer.unwrap_or_default()
}
