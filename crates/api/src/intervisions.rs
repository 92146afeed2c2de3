use crate::app::App; use crate::error::ApiError; use crate::wire::intervision::*; use crate::wire::report::FileSaved;
pub(crate) fn intervision(_: &mut App, _: IntervisionText) -> Result<IntervisionView, ApiError> { Err(ApiError::internal("x")) }
pub(crate) fn check_intervision(_: &mut App, _: IntervisionText) -> Result<IntervisionCheck, ApiError> { Err(ApiError::internal("x")) }
pub(crate) fn save_intervision(_: &mut App, _: SaveIntervision) -> Result<FileSaved, ApiError> { Err(ApiError::internal("x")) }
