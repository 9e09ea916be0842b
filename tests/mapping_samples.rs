//! Every mapping file proves itself by its samples.

use spinemet::mapping::{MappingSet, MappingSource, check_samples};

#[test]
fn every_sample_becomes_what_its_file_expects() {
    let set = MappingSet::compile(&MappingSource::embedded()).expect("the files inside the program compile");
    let (count, failures) = check_samples(&set);
    assert!(count > 0, "no samples were found");
    let report: Vec<String> = failures.iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{} of {count} samples failed:\n{}", failures.len(), report.join("\n"));
}

#[test]
fn every_file_of_the_directory_is_inside_the_program() {
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/mappings");
    let mut on_disk: Vec<String> = std::fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| std::path::Path::new(name).extension().is_some_and(|extension| extension == "toml"))
        .collect();
    on_disk.sort();
    let mut inside: Vec<String> = MappingSource::embedded().into_iter().map(|source| source.name).collect();
    inside.sort();
    assert_eq!(inside, on_disk);
}
