//! What the kernel knows of a process (proc(5)): its memory, its threads, its sockets, the CPU time it has used.

use std::collections::BTreeMap;
use std::time::Duration;
use std::{fs, thread};

/// Resident memory in kB, pages of the binary included.
pub fn resident_kb(pid: u32) -> u64 {
    status(pid, "VmRSS:")
}

/// The most memory that was ever resident, in kB.
pub fn peak_kb(pid: u32) -> u64 {
    status(pid, "VmHWM:")
}

/// How many threads it has.
pub fn threads(pid: u32) -> u64 {
    status(pid, "Threads:")
}

fn status(pid: u32, field: &str) -> u64 {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(field))
        .unwrap_or_default();
    line.split_whitespace()
        .next()
        .and_then(|number| number.parse().ok())
        .unwrap_or_default()
}

/// The other ends of its network sockets as `address:port` in the kernel's hexadecimal, with the table's name: `tcp 0100007F:1F90`.
pub fn sockets(pid: u32) -> Vec<String> {
    let Ok(files) = fs::read_dir(format!("/proc/{pid}/fd")) else {
        return Vec::new();
    };
    let links = files.flatten().filter_map(|file| fs::read_link(file.path()).ok());
    let inodes: Vec<String> = links
        .filter_map(|link| Some(link.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned()))
        .collect();
    let mut found = Vec::new();
    for table in ["tcp", "tcp6", "udp", "udp6"] {
        let text = fs::read_to_string(format!("/proc/{pid}/net/{table}")).unwrap_or_default();
        for line in text.lines().skip(1) {
            let fields: Vec<&str> = line.split_whitespace().collect();
            if fields
                .get(9)
                .is_some_and(|inode| inodes.iter().any(|ours| ours == inode))
            {
                found.push(format!("{table} {}", fields[2]));
            }
        }
    }
    found
}

/// The CPU time that the asking thread has used. It yields first, because the scheduler brings its count up to date only when it is called.
pub fn cpu_time_of_this_thread() -> Duration {
    thread::yield_now();
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    let nanoseconds = text.split_whitespace().next().unwrap().parse().unwrap();
    Duration::from_nanos(nanoseconds)
}

/// The CPU time that a process has used, from the scheduler's own count of nanoseconds. Threads that have ended are remembered.
#[derive(Debug)]
pub struct CpuTime {
    pid: u32,
    threads: BTreeMap<String, u64>,
}

impl CpuTime {
    /// Of a process.
    pub const fn of(pid: u32) -> Self {
        Self {
            pid,
            threads: BTreeMap::new(),
        }
    }

    /// Nanoseconds so far.
    pub fn now(&mut self) -> u64 {
        for task in fs::read_dir(format!("/proc/{}/task", self.pid))
            .into_iter()
            .flatten()
            .flatten()
        {
            let text = fs::read_to_string(task.path().join("schedstat")).unwrap_or_default();
            if let Some(time) = text.split_whitespace().next().and_then(|number| number.parse().ok()) {
                self.threads
                    .insert(task.file_name().to_string_lossy().into_owned(), time);
            }
        }
        self.threads.values().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_takes_no_cpu_time_and_computing_does() {
        let (pause, before) = (Duration::from_millis(100), cpu_time_of_this_thread());
        thread::sleep(pause);
        let waited = cpu_time_of_this_thread();
        let started = std::time::Instant::now();
        while cpu_time_of_this_thread() < waited + pause {
            assert!(started.elapsed() < 600 * pause, "the count stands still");
        }
        assert!(waited.saturating_sub(before) < pause / 2);
    }
}
