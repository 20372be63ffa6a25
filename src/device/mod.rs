//! What a phone can do, one capability a file. Each says which standard it stands on and what happens where the
//! browser lacks it. (`pictures` and `talk` are used beside the page alone.)

pub mod appearance;
pub mod awake;
pub mod camera;
pub mod canvas;
pub mod clipboard;
pub mod clock;
pub mod drawing;
pub mod files;
pub mod focus;
pub mod inbox;
pub mod install;
pub mod language;
pub mod later;
pub mod locks;
pub mod network;
pub mod offline;
pub mod page;
pub mod pictures;
pub mod random;
pub mod shaking;
pub mod sharing;
pub mod tabs;
pub mod talk;
pub mod timer;
pub mod update;
pub mod worker;
