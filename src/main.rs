//! The program `keben`; everything it does is in the library.

fn main() -> std::process::ExitCode {
    keben::cli::main()
}
