//! What went wrong, in the words of a person: what happened, what is safe, what to do. The one place where an
//! error becomes words.

use crate::state::{Problem, StoreError};
use crate::words::{backup, lock, problem, refusal, standing};
use bothways::backup::Unopened;
use bothways::log::Member;
use bothways::swap::Refusal;

/// Why something was not done.
pub fn problem(found: Problem) -> String {
    let why = match found {
        Problem::Store(error) => match error {
            StoreError::Blocked => problem::blocked(),
            StoreError::Newer => problem::newer(),
            StoreError::Full => problem::full(),
            StoreError::Stopped => problem::stopped(),
            StoreError::Damaged | StoreError::Failed => problem::failed(),
        },
        Problem::NobodyYet => problem::nobody_yet(),
        Problem::WhoSpeaks => problem::who_speaks(),
        Problem::NoRandomness => problem::no_randomness(),
        Problem::TooLong => problem::too_long(),
        Problem::NotYours => problem::not_yours(),
        Problem::AnsweredAlready => problem::answered_already(),
        Problem::FileTooLarge => problem::file_too_large(),
        Problem::NotPaired => return problem::not_paired().to_owned(),
        Problem::NoCard => return problem::no_card().to_owned(),
        Problem::DamagedCard => return problem::damaged_card().to_owned(),
        Problem::NoPicture => return problem::no_picture().to_owned(),
        Problem::ChangedSince => return problem::changed_since().to_owned(),
        Problem::Shut => lock::shut(),
        Problem::LockChanged => lock::changed(),
        Problem::WrongPhrase => return lock::wrong().to_owned(),
        Problem::PhraseLength => return lock::length().to_owned(),
        Problem::NoCode => return problem::no_code().to_owned(),
        Problem::TooMuchToFilm => return problem::too_much_to_film().to_owned(),
        Problem::JoinedSince => return problem::joined_since().to_owned(),
    };
    format!("{} {why}", problem::not_saved())
}

/// Why the log cannot be opened.
pub fn closed(error: StoreError) -> &'static str {
    match error {
        StoreError::Blocked => standing::blocked(),
        StoreError::Newer => standing::newer(),
        StoreError::Full => standing::full(),
        StoreError::Damaged => standing::damaged(),
        StoreError::Failed | StoreError::Stopped => standing::failed(),
    }
}

/// Why a file was not taken.
pub fn refused(why: Refusal) -> &'static str {
    match why {
        Refusal::TooLarge => refusal::too_large(),
        Refusal::NotText => refusal::not_text(),
        Refusal::NotOurs => refusal::not_ours(),
        Refusal::Newer => refusal::newer(),
        Refusal::Truncated => refusal::truncated(),
        Refusal::Damaged => refusal::damaged(),
        Refusal::NotForUs => refusal::not_for_us(),
        Refusal::Locked => refusal::locked(),
        Refusal::NotKnown => refusal::not_known(),
        Refusal::Left => refusal::left(),
        Refusal::Forged => refusal::forged(),
        Refusal::NoStorage => refusal::no_storage(),
    }
}

/// Why a file of a backup was not opened.
pub fn unopened(why: Unopened, file: &str) -> String {
    match why {
        Unopened::WrongWords => backup::wrong_words().to_owned(),
        Unopened::TooLarge => backup::too_large(file),
        Unopened::NotABackup => backup::not_a_backup(file),
        Unopened::Newer => backup::from_newer(file),
        Unopened::Truncated => backup::truncated(file),
        Unopened::Damaged => backup::damaged(file),
        Unopened::Another => backup::another(file),
        Unopened::Others => backup::others().to_owned(),
        Unopened::Unreadable => backup::unreadable(file),
    }
}

/// Why two phones that say they are the same person cannot join.
pub fn same_side(member: Member) -> &'static str {
    match member {
        Member::Mother => refusal::same_mother(),
        Member::Son => refusal::same_son(),
    }
}
