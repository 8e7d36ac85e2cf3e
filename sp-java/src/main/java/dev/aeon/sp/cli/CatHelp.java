package dev.aeon.sp.cli;

/** What {@code sp cat --help} prints. */
final class CatHelp {
  static final String USAGE =
      """
      Usage: sp cat <proto> <addr>... [<fmt>] [<opts>...] [<src>]

      Sends a message, or prints those that come; takes what nngcat takes.

      <proto> is one of:
        --req0 --rep0 --pub0 --sub0 --push0 --pull0 --surveyor0 --respondent0 --bus0
        --pair0 --pair1 --pair (pair0 with --compat, else pair1)

      <addr> is one or more of:
        --dial <url>           (or --connect <url>)
        --listen <url>         (or --bind <url>)
        --connect-local <port> (or -l <port>)   tcp on this machine
        --bind-local <port>    (or -L <port>)
        --connect-ipc <path>   (or -x <path>)
        --bind-ipc <path>      (or -X <path>)

      <fmt> is at most one of:
        --format <no|ascii|hex|msgpack|quoted|raw>
        --ascii                (or -A)          bytes that cannot be printed as dots
        --quoted               (or -Q)          C string literals
        --hex                                   C string literals of \\x escapes
        --msgpack                               MessagePack binaries
        --raw                                   the bytes as they are

      <opts> are any of:
        --subscribe <topic>                     with --sub0 only; may be repeated
        --silent               (or -q)
        --verbose              (or -v)          says which addresses are used
        --count <num>          (or -C <num>)    ends after so many messages
        --delay <secs>         (or -d <secs>)   waits before the first message
        --interval <secs>      (or -i <secs>)   sends again and again
        --recv-timeout <secs>
        --send-timeout <secs>
        --recv-maxsz <size>    (or -Z <size>)   0 is 2147483647
        --compat                                as nanocat: nothing waits for a connection
        --async                                 does not wait for the connection
        --insecure             (or -k)          does not look at the peer's certificate
        --cacert <file>                         PEM: whom to trust
        --cert <file>          (or -E <file>)   PEM: what to show
        --key <file>                            PEM: its key, if not in the same file

      <src> is one of:
        --file <file>          (or -F <file>)   - is standard input
        --data <data>          (or -D <data>)

      Names of options may be cut short while they are unambiguous.
      Exit codes: 0 done, 1 anything else, help included.
      """;

  private CatHelp() {}
}
