//! The annual report: published counts and a letterhead in, a PDF out.
