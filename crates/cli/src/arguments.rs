//! What can be typed after `luwte`.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// A private, encrypted case journal for one confidential adviser.
#[derive(Parser)]
#[command(name = "luwte", version, about)]
pub(crate) struct Arguments {
    /// Print results and errors as JSON.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// What to do.
    #[command(subcommand)]
    pub(crate) act: Act,
}

/// Where the passphrase comes from; never from an argument.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub(crate) struct PassphraseSource {
    /// A file whose first line is the passphrase.
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// Read the passphrase from the first line of standard input.
    #[arg(long)]
    pub(crate) passphrase_stdin: bool,
}

/// A passphrase that need not be given.
#[derive(Args)]
#[group(multiple = false)]
pub(crate) struct MaybePassphrase {
    /// A file whose first line is the passphrase; everything is then opened too.
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// Read the passphrase from the first line of standard input; everything is then opened too.
    #[arg(long)]
    pub(crate) passphrase_stdin: bool,
}

impl MaybePassphrase {
    pub(crate) fn source(&self) -> Option<PassphraseSource> {
        let Self { passphrase_file, passphrase_stdin } = self;
        let given = *passphrase_stdin || passphrase_file.is_some();
        given
            .then(|| PassphraseSource { passphrase_file: passphrase_file.clone(), passphrase_stdin: *passphrase_stdin })
    }
}

/// The languages of documents.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum DocumentLanguage {
    /// Nederlands.
    Nl,
    /// English.
    En,
}

/// Everything the command line can do.
#[derive(Subcommand)]
pub(crate) enum Act {
    /// Make a new vault; prints the recovery code once.
    Create {
        /// A new or empty folder.
        vault: PathBuf,
        #[command(flatten)]
        passphrase: PassphraseSource,
    },
    /// Make a vault of fictional cases over three years; prints its passphrase.
    Demo {
        /// A new or empty folder.
        vault: PathBuf,
    },
    /// Import a coded year; makes the organisation and its departments when new.
    Import {
        /// The vault folder.
        vault: PathBuf,
        /// Name of the organisation.
        #[arg(long)]
        organisation: String,
        /// A CSV or XLSX file.
        file: PathBuf,
        /// Only look; import nothing.
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        passphrase: PassphraseSource,
    },
    /// List case numbers, phases and dates; no names.
    List {
        /// The vault folder.
        vault: PathBuf,
        /// Only the cases of this organisation.
        #[arg(long)]
        organisation: Option<String>,
        #[command(flatten)]
        passphrase: PassphraseSource,
    },
    /// Write the annual report of one organisation and year as a PDF.
    Report {
        /// The vault folder.
        vault: PathBuf,
        /// Name of the organisation.
        #[arg(long)]
        organisation: String,
        /// The report year.
        #[arg(long)]
        year: i32,
        /// Where the PDF goes.
        #[arg(long)]
        out: PathBuf,
        /// The language of the report.
        #[arg(long, value_enum, default_value = "nl")]
        language: DocumentLanguage,
        /// Smallest printed count, 3-10; by default the organisation's.
        #[arg(long, value_parser = clap::value_parser!(u32).range(3..=10))]
        threshold: Option<u32>,
        /// Also write exactly what the report prints, as JSON.
        #[arg(long)]
        figures: Option<PathBuf>,
        /// Make the year final: it never changes again.
        #[arg(long = "final")]
        make_final: bool,
        #[command(flatten)]
        passphrase: PassphraseSource,
    },
    /// Write an intervision summary; refused while a name is left in it.
    Intervision {
        /// The vault folder.
        vault: PathBuf,
        /// Number of the case, for example 2026-014.
        #[arg(long)]
        case: String,
        /// A text file with the new text.
        #[arg(long)]
        text: PathBuf,
        /// Where the summary goes: FILE.pdf or FILE.txt.
        #[arg(long)]
        out: PathBuf,
        /// Why it may be told without a noted consent.
        #[arg(long)]
        reason: Option<String>,
        /// The language of the summary.
        #[arg(long, value_enum, default_value = "nl")]
        language: DocumentLanguage,
        #[command(flatten)]
        passphrase: PassphraseSource,
    },
    /// Open and verify every file; exit 1 if anything is wrong.
    Check {
        /// The vault folder.
        vault: PathBuf,
        #[command(flatten)]
        passphrase: PassphraseSource,
    },
    /// Write one verified back-up file.
    Backup {
        /// The vault folder.
        vault: PathBuf,
        /// Where the back-up goes.
        file: PathBuf,
        #[command(flatten)]
        passphrase: MaybePassphrase,
    },
    /// Restore a back-up beside the present vault.
    Restore {
        /// The back-up.
        file: PathBuf,
        /// The new folder.
        vault: PathBuf,
        #[command(flatten)]
        passphrase: MaybePassphrase,
    },
    /// Change the passphrase. From standard input: the present one, then the new one.
    Passphrase {
        /// The vault folder.
        vault: PathBuf,
        /// A file whose first line is the new passphrase.
        #[arg(
            long,
            value_name = "FILE",
            conflicts_with = "passphrase_stdin",
            required_unless_present = "passphrase_stdin"
        )]
        new_passphrase_file: Option<PathBuf>,
        #[command(flatten)]
        passphrase: PassphraseSource,
    },
    /// Set a new passphrase with the recovery code. From standard input: the code, then the passphrase.
    Recover {
        /// The vault folder.
        vault: PathBuf,
        /// A file whose first line is the recovery code.
        #[arg(
            long,
            value_name = "FILE",
            conflicts_with = "passphrase_stdin",
            required_unless_present = "passphrase_stdin"
        )]
        code_file: Option<PathBuf>,
        #[command(flatten)]
        passphrase: PassphraseSource,
    },
}
