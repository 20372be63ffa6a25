//! What rooms share: each a small component named after what a person sees.

pub mod before_writing;
pub mod choice;
pub mod drawing;
pub mod entry_card;
pub mod feelings;
pub mod heading;
pub mod icon;
pub mod install_help;
pub mod introduce;
pub mod labels;
pub mod library_gate;
pub mod link_card;
pub mod live;
pub mod notice;
pub mod picture;
pub mod problem;
pub mod prose;
pub mod replies_to;
pub mod search_box;
pub mod shell;
pub mod standing;
pub mod update_line;
