//! The dependency graph as cargo sees it.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use crate::tree;

/// Normal and build dependencies of every package, by name.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    /// Packages of this workspace.
    pub ours: BTreeSet<String>,
    edges: BTreeMap<String, BTreeSet<String>>,
}

/// Cargo did not answer as expected.
#[derive(Debug, thiserror::Error)]
#[error("cargo metadata: {0}")]
pub struct NoGraph(String);

impl Graph {
    /// Asks cargo.
    ///
    /// # Errors
    /// [`NoGraph`] when cargo fails or its answer has another shape.
    pub fn read() -> Result<Self, NoGraph> {
        let platform = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
        let arguments = ["metadata", "--format-version", "1", "--offline", "--filter-platform", &platform];
        let output = Command::new(env!("CARGO")).args(arguments).current_dir(tree::root()).output();
        let output = output.map_err(|error| NoGraph(error.to_string()))?;
        if !output.status.success() {
            return Err(NoGraph(String::from_utf8_lossy(&output.stderr).into_owned()));
        }
        let answer: Value = serde_json::from_slice(&output.stdout).map_err(|error| NoGraph(error.to_string()))?;
        Self::of(&answer).ok_or_else(|| NoGraph("an answer of another shape".to_owned()))
    }

    fn of(answer: &Value) -> Option<Self> {
        let packages = answer["packages"].as_array()?;
        let names: BTreeMap<&str, &str> =
            packages.iter().filter_map(|package| Some((package["id"].as_str()?, package["name"].as_str()?))).collect();
        let members = answer["workspace_members"].as_array()?.iter();
        let ours = members.filter_map(|id| names.get(id.as_str()?)).map(|name| (*name).to_owned()).collect();
        let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for node in answer["resolve"]["nodes"].as_array()? {
            let from = names.get(node["id"].as_str()?)?;
            let to = node["deps"].as_array()?.iter().filter(|dep| is_shipped(dep));
            let to = to.filter_map(|dep| names.get(dep["pkg"].as_str()?)).map(|name| (*name).to_owned());
            edges.entry((*from).to_owned()).or_default().extend(to);
        }
        Some(Self { ours, edges })
    }

    /// What a package names itself.
    pub fn direct(&self, package: &str) -> BTreeSet<String> {
        self.edges.get(package).cloned().unwrap_or_default()
    }

    /// What a package reaches, itself left out.
    pub fn reached(&self, package: &str) -> BTreeSet<String> {
        let mut reached = BTreeSet::new();
        let mut waiting = vec![package.to_owned()];
        while let Some(next) = waiting.pop() {
            waiting.extend(self.direct(&next).into_iter().filter(|name| reached.insert(name.clone())));
        }
        reached
    }
}

/// A dependency of the built thing, not only of its tests.
fn is_shipped(dep: &Value) -> bool {
    dep["dep_kinds"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind["kind"].as_str() != Some("dev")))
}
