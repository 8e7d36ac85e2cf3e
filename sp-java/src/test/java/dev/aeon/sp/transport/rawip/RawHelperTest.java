package dev.aeon.sp.transport.rawip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.posix.UnixAddress;
import dev.aeon.bindings.posix.UnixSocket;
import dev.aeon.sp.transport.TransportException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Our side against the real program. */
@Timeout(120)
class RawHelperTest {
  private static final Path PROGRAM =
      Path.of(System.getProperty("aeon.root"), "native/target/install/bin/sp-raw-helper");
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  @TempDir private Path folder;
  private Process program;

  private Path socket() {
    return folder.resolve("helper.sock");
  }

  @BeforeEach
  void start() throws IOException {
    program =
        new ProcessBuilder(PROGRAM.toString(), "-m", "600", "-p", "254", socket().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(program.inputReader().readLine()).isEqualTo("listening at " + socket());
  }

  @AfterEach
  void stop() throws InterruptedException {
    program.destroy();
    assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(socket()).doesNotExist();
  }

  private Descriptor open(int protocol) {
    return new RawHelper(socket().toString()).open(LOOPBACK, protocol);
  }

  private static void assumePrivileged() {
    try {
      RawSockets.open(new InetSocketAddress(LOOPBACK, 0), 254).close();
    } catch (TransportException e) {
      assumeTrue(false, e.getMessage());
    }
  }

  @Test
  void socket_ofAGrantedProtocol_isPassed() {
    assumePrivileged();
    try (Descriptor raw = open(254)) {
      assertThat(raw.isClosed()).isFalse();
    }
  }

  @Test
  void socket_ofAnotherProtocol_isRefused() {
    assertThatThrownBy(() -> open(253))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("EACCES")
        .hasMessageContaining("CAP_NET_RAW")
        .hasMessageContaining("sp-raw-helper");
  }

  @Test
  void socketFile_whileItRuns_isForItsOwnerAlone() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
        .isEqualTo("rw-------");
  }

  @Test
  void silentAndRudeClients_manyOfThem_keepNobodyOut() {
    List<Descriptor> silent = new ArrayList<>();
    MemorySegment nonsense = Arena.ofAuto().allocateFrom("nonsense".repeat(100));
    for (int number = 0; number < 100; number++) {
      silent.add(UnixSocket.connect(UnixAddress.ofPath(socket().toString())));
      try (Descriptor rude = UnixSocket.connect(UnixAddress.ofPath(socket().toString()))) {
        UnixSocket.sendDescriptors(rude, nonsense.asSlice(0, 1 + number));
      }
      assertThatThrownBy(() -> open(253)).hasMessageContaining("EACCES");
    }
    silent.forEach(Descriptor::close);
  }

  @Test
  void helper_thatIsNotThere_isNamedInTheReason() {
    Path absent = folder.resolve("absent.sock");
    assertThatThrownBy(() -> new RawHelper(absent.toString()).open(LOOPBACK, 253))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining(absent.toString())
        .hasMessageContaining("there is no helper");
  }
}
