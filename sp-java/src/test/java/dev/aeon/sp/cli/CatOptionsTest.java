package dev.aeon.sp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code sp cat} refuses, in nngcat's words and with its exit code. */
class CatOptionsTest {

  @ParameterizedTest(name = "sp cat {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --re --dial inproc://a                      | Option --re is ambiguous (specify in full).
          --nonsense                                  | Option --nonsense is invalid.
          -W                                          | Option -W is invalid.
          --dial                                      | Option --dial requires argument.
          -D                                          | Option -D requires argument.
          --pub0 --sub0 --dial inproc://a             | Only one protocol may be specified.
          --sub0                                      | No address specified.
          --dial inproc://a                           | No protocol specified.
          --raw --hex                                 | Format may be specified only once.
          --format hex --ascii                        | Format may be specified only once.
          --format octal                              | Invalid format specified.
          -D a -D b                                   | Data (--file, --data) may be specified only once.
          --count=xyz                                 | Integer argument expected.
          --count=-1                                  | Integer argument expected.
          --count=                                    | Empty integer argument.
          --count=2147483648                          | Integer argument too large.
          --delay 86401                               | Integer argument too large.
          -L 65537                                    | Integer argument too large.
          --req0 -D a --dial inproc://a --subscribe b | Protocol does not support --subscribe.
          --interval 1 --pull -x /a                   | Protocol does not support --interval.
          --interval 1 --rep -x /a                    | Protocol does not support --interval.
          --pull0 -D a -x /a                          | Protocol does not support --file or --data.
          --push0 -x /a                               | Protocol requires either --file or --data.
          --req0 -x /a                                | Protocol requires either --file or --data.
          --pub0 -D a --raw -x /a                     | Protocol does not support --format options.
          --compat --count=1 --pull0 -x /a            | Options --count and --compat are incompatible.
          --compat --async --pull0 -x /a              | Options --async and --compat are incompatible.
          --file=/nosuchfile --push0 -x /a            | Cannot open file /nosuchfile: No such file or directory
          """)
  void commandLine_thatIsWrong_isRefused(String arguments, String error) {
    Sp sp = Sp.run(("cat " + arguments).split(" "));
    assertThat(sp.errors()).isEqualTo(error + "\n");
    assertThat(sp.output()).isEmpty();
    assertThat(sp.exitCode()).isEqualTo(1);
  }

  @Test
  void help_always_isPrintedAndEndsByOne() {
    Sp sp = Sp.run("cat", "--help", "--nonsense");
    assertThat(sp.text()).startsWith("Usage:");
    assertThat(sp.exitCode()).isEqualTo(1);
  }

  @Test
  void version_always_isPrinted() {
    Sp sp = Sp.run("cat", "-V");
    assertThat(sp.text()).isEqualTo(SpCommand.VERSION + "\n");
    assertThat(sp.exitCode()).isZero();
  }
}
