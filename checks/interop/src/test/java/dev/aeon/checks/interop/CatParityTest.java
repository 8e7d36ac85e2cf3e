package dev.aeon.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sp cat} beside nngcat: the same command line, the same output, errors and exit code. */
@DisplayName("sp cat beside nngcat")
@ExtendWith(InteropTable.class)
class CatParityTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "{0} | same")
  @ValueSource(
      strings = {
        "--re --dial tcp://127.0.0.1:1",
        "--nonsense",
        "-W",
        "--dial",
        "-D",
        "--pub0 --sub0 --dial inproc://a",
        "--sub0",
        "--dial inproc://a",
        "--raw --hex",
        "--format octal",
        "--format no --raw",
        "-D a -D b",
        "-D a -F /dev/null",
        "--count=xyz",
        "--count=",
        "--delay 86401",
        "-L 65537",
        "--req0 -D a --dial inproc://a --subscribe b",
        "--interval 1 --pull -x /a",
        "--interval 1 --rep -x /a",
        "--interval 1 --bus -x /a",
        "--pull0 -D a -x /a",
        "--push0 -x /a",
        "--surveyor -x /a",
        "--pub0 -D a --raw -x /a",
        "--compat --count=1 --pull0 -x /a",
        "--compat --async --pull0 -x /a",
        "--compat --pair1 -x /a",
        "--file=/nosuchfile --push0 -x /a",
        "--pull0 --dial nonsense",
        "--pull0 --listen nonsense",
        "--pull0 --listen nonsense://a",
        "--pull0 --listen tcp://127.0.0.1:99999",
        "--pull0 --listen tcp://127.0.0.1:22x",
        "--pull0 --listen tcp://192.0.2.1:5555",
        "--pull0 --listen ipc:///nonexistent/a",
        "--pull0 --listen ipc://",
        "--req0 -D a --dial tcp://127.0.0.1:1",
        "--req0 -D a -x /nonexistent/a",
        "--pull0 -x /tmp",
        "--pull0 -v -X FOLDER/a --recv-timeout 1",
        "--pull0 -X FOLDER/a -X FOLDER/a",
        "--push0 -X FOLDER/a -D b --send-timeout 1",
        "--push0 -X FOLDER/a -D b --send-timeout 1 ignored",
        "--rep0 -X FOLDER/a -D b --recv-timeout 1",
        "--surveyor0 -X FOLDER/a -D b",
      })
  void commandLine_always_doesTheSame(String line) {
    List<String> arguments = Arrays.asList(line.replace("FOLDER", folder.toString()).split(" "));
    assertThat(CatRun.ofOurs(arguments)).isEqualTo(CatRun.ofNngcat(arguments));
  }

  @ParameterizedTest(name = "--format {0} | same")
  @ValueSource(strings = {"no", "raw", "ascii", "quoted", "hex", "msgpack"})
  void everyByte_printedInAFormat_looksTheSame(String format) {
    assertThat(print("ours", format, CatRun::ofOurs))
        .isEqualTo(print("nng", format, CatRun::ofNngcat));
  }

  /** What a tool makes of bodies of every byte value, and of every header size of MessagePack. */
  private CatRun print(String name, String format, Function<List<String>, CatRun> tool) {
    String path = folder.resolve(name).toString();
    List<String> arguments = List.of("--pull0", "-X", path, "-C", "4", "--format", format);
    CompletableFuture<CatRun> run = CompletableFuture.supplyAsync(() -> tool.apply(arguments));
    try (Peer pusher = AeonPeer.open(Pattern.PUSH)) {
      pusher.dial("ipc://" + path);
      for (int size : new int[] {0, 255, 256, 70_000}) {
        pusher.send(everyByte(size));
      }
      return run.join();
    }
  }

  private static byte[] everyByte(int size) {
    byte[] body = new byte[size];
    for (int i = 0; i < size; i++) {
      body[i] = (byte) i;
    }
    return body;
  }
}
