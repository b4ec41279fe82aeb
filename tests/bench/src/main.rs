//! `make bench`: measures, prints tables, and keeps the figures as JSON in `target/bench/`.

use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;
use std::{env, io};

use countersign_bench::{alone, cost, figures, service, start_up, steps};
use tokio::runtime::Builder;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let ["serve", ready, count] = arguments.as_slice() {
        let runtime = Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(service::serve(&PathBuf::from(ready), count.parse()?));
        return Ok(());
    }
    let parts = ["start-up", "steps", "alone", "cost"];
    if let Some(unknown) = arguments.iter().find(|argument| !parts.contains(argument)) {
        return Err(format!("{unknown} is no part of the bench; there are {}", parts.join(", ")).into());
    }
    let wanted = |part| arguments.is_empty() || arguments.contains(&part);
    let program = env::current_exe()?;
    let beside = program.parent().ok_or("a program without a folder")?;
    let folder = beside.parent().ok_or("a folder without a parent")?.join("bench");
    if wanted("start-up") {
        let measured = start_up::measure(beside);
        figures::keep(&folder, "start-up", &measured)?;
        say(&format!(
            "Start-up, from exec to the first poll of the runtime API; median of 20\n\n{}",
            start_up::table(&measured)
        ))?;
    }
    if wanted("steps") {
        let measured = Builder::new_current_thread()
            .enable_all()
            .build()?
            .block_on(steps::measure());
        figures::keep(&folder, "steps", &measured)?;
        say(&format!(
            "Sign-in through the local process, 4 connections kept alive\n\n{}",
            steps::table(&measured)
        ))?;
    }
    if wanted("alone") {
        let measured = alone::measure();
        figures::keep(&folder, "alone", &measured)?;
        say(&format!("Computed alone, on one core\n\n{}", alone::table(&measured)))?;
    }
    if wanted("cost") {
        let steps: Vec<cost::Step> = figures::kept(&folder, "steps")?;
        let model = cost::model(&steps)?;
        figures::keep(&folder, "cost", &model)?;
        say(&format!(
            "Cost of a million sign-ins (us-east-1, on demand, arm64, no free tier)\n\n{}",
            cost::table(&model)
        ))?;
    }
    say(&format!("The figures are in {}", folder.display()))
}

fn say(text: &str) -> Result<(), Box<dyn Error>> {
    writeln!(io::stdout(), "{text}")?;
    Ok(())
}
