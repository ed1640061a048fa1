//! File systems that other machines or kernels can change without an event on this one.

use std::path::Path;

/// Their numbers in `statfs(2)` and their names.
const REMOTE: [(u64, &str); 9] = [
    (0x6969, "NFS"),
    (0x517b, "SMB"),
    (0xff53_4d42, "CIFS"),
    (0xfe53_4d42, "SMB2"),
    (0x0102_1997, "9p"),
    (0x6573_5546, "FUSE"),
    (0x786f_4256, "VirtualBox shared folder"),
    (0x00c3_6400, "Ceph"),
    (0x5346_414f, "AFS"),
];

/// The name of the folder's file system if it is one of these.
pub(super) fn file_system(folder: &Path) -> Option<&'static str> {
    let number = rustix::fs::statfs(folder).ok()?.f_type;
    // Some systems give a signed number of 32 bits.
    name_of(u64::try_from(number).ok()? & 0xffff_ffff)
}

fn name_of(number: u64) -> Option<&'static str> {
    REMOTE.iter().find(|(remote, _)| *remote == number).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_local_folder_is_not_remote() {
        assert_eq!(file_system(Path::new("/proc")), None);
        assert_eq!(file_system(Path::new("/nowhere/at/all")), None);
        assert_eq!(name_of(0x6969), Some("NFS"));
    }
}
