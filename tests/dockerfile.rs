//! The image cannot be built in every test run, so its file is read instead: what operations rely on, and what breaks a
//! build that nobody has tried.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod source;

use std::path::{Component, Path, PathBuf};

use source::{all_source, read};

/// The instructions, with continued lines joined and comments left out.
fn instructions() -> Vec<String> {
    let text = read("Dockerfile");
    let lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
    let joined = lines.collect::<Vec<_>>().join("\n").replace("\\\n", " ");
    joined
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect()
}

fn with<'i>(instructions: &'i [String], name: &str) -> Vec<&'i str> {
    instructions.iter().filter_map(|line| line.strip_prefix(name)?.strip_prefix(' ')).collect()
}

/// The instructions of the last stage, which becomes the image.
fn runtime(instructions: &[String]) -> &[String] {
    let last = instructions.iter().rposition(|line| line.starts_with("FROM ")).unwrap();
    &instructions[last..]
}

#[test]
fn the_compiler_stays_out_of_the_image() {
    let instructions = instructions();
    let stages = with(&instructions, "FROM");
    assert!(stages.len() >= 2, "one stage builds, another runs: {stages:?}");
    assert!(!stages.last().unwrap().starts_with("rust:"), "the image would hold the toolchain");
    assert!(
        with(runtime(&instructions), "COPY").iter().all(|copy| copy.contains("--from=")),
        "the image would hold sources"
    );
}

#[test]
fn every_build_uses_the_lock_file() {
    let instructions = instructions();
    let builds: Vec<&str> =
        with(&instructions, "RUN").into_iter().filter(|run| run.contains("cargo build")).collect();
    assert!(!builds.is_empty());
    for build in builds {
        assert!(build.contains("cargo build --release --locked"), "{build}");
    }
}

#[test]
fn the_toolchain_is_the_one_that_the_manifest_asks_for() {
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    let wanted = manifest["workspace"]["package"]["rust-version"].as_str().unwrap();
    let instructions = instructions();
    let arguments = with(&instructions, "ARG");
    assert!(arguments.contains(&format!("RUST_VERSION={wanted}").as_str()), "{arguments:?}, wanted {wanted}");
}

#[test]
fn the_service_does_not_run_as_root() {
    let instructions = instructions();
    let users = with(runtime(&instructions), "USER");
    let user = users.last().expect("the image says which user it runs as");
    let id: u32 = user.split(':').next().unwrap().parse().expect("a number: Kubernetes cannot judge a name");
    assert_ne!(id, 0);
}

#[test]
fn the_service_can_be_reached_and_is_watched() {
    let instructions = instructions();
    let runtime = runtime(&instructions);
    assert_eq!(with(runtime, "EXPOSE"), ["8080"]);
    let environment = with(runtime, "ENV").join(" ");
    assert!(
        environment.contains("SPINEMET_LISTEN=0.0.0.0:8080"),
        "on 127.0.0.1 nobody outside would reach it"
    );
    let checks = with(runtime, "HEALTHCHECK");
    assert!(
        checks.len() == 1 && checks[0].ends_with("CMD [\"/usr/local/bin/spinemet\", \"health\"]"),
        "{checks:?}"
    );
}

#[test]
fn only_the_volume_is_written_to() {
    let instructions = instructions();
    let runtime = runtime(&instructions);
    assert_eq!(with(runtime, "VOLUME"), ["/var/lib/spinemet"]);
    let environment = with(runtime, "ENV").join(" ");
    assert!(environment.contains("SPINEMET_DATABASE=/var/lib/spinemet/"), "{environment}");
}

#[test]
fn the_build_is_sent_every_file_that_the_program_contains() {
    let ignore = read(".dockerignore");
    let sent: Vec<&str> = ignore.lines().filter_map(|line| line.strip_prefix('!')).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut embedded: Vec<PathBuf> =
        vec![root.join("Cargo.toml"), root.join("Cargo.lock"), root.join("src/main.rs")];
    for file in all_source() {
        for word in ["include_str!(", "include_bytes!("] {
            let paths = file
                .text
                .split(word)
                .skip(1)
                .filter_map(|after| after.trim_start().strip_prefix('"')?.split('"').next());
            embedded.extend(paths.map(|path| file.path.parent().unwrap().join(path)));
        }
        // `migrate!("migrations/sqlite")` is relative to the manifest, not to the file.
        let paths = file
            .text
            .split("migrate!(")
            .skip(1)
            .filter_map(|after| after.trim_start().strip_prefix('"')?.split('"').next());
        embedded.extend(paths.map(|path| root.join(path)));
    }
    for path in embedded {
        let path = tidy(&path);
        let inside = path.strip_prefix(root).unwrap_or_else(|_| panic!("{} lies outside", path.display()));
        assert!(
            sent.iter().any(|sent| inside.starts_with(sent)),
            ".dockerignore keeps {} from the build",
            inside.display()
        );
    }
}

/// A path without `..`.
fn tidy(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut tidy, component| {
        if component == Component::ParentDir {
            tidy.pop();
        } else {
            tidy.push(component);
        }
        tidy
    })
}
