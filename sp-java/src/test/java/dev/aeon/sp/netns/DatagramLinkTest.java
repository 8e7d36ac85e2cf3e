package dev.aeon.sp.netns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is lost, doubled, reordered or harmed, whatever the link does. */
@Timeout(180)
class DatagramLinkTest {
  private static final int COUNT = 1_000;

  private static final String UDP = "udp+sp://" + NamespaceLink.RIGHT + ":7000";
  private static final String IP = "ip://" + NamespaceLink.RIGHT + ":7000";
  private static final String UDP6 = "udp+sp://[" + NamespaceLink.RIGHT6 + "]:7000";
  private static final String IP6 = "ip://[" + NamespaceLink.RIGHT6 + "]:7000";

  private static void converse(NamespaceLink link, String url) throws Exception {
    Process receiver = receiver(link, url);
    await(sender(link, url));
    await(receiver);
  }

  private static Process receiver(NamespaceLink link, String url) throws IOException {
    Process receiver =
        link.startRight(NumberedMessages.class, "receive", url, String.valueOf(COUNT));
    assertThat(receiver.inputReader().readLine()).endsWith(":7000");
    return receiver;
  }

  private static Process sender(NamespaceLink link, String url) {
    return link.startLeft(NumberedMessages.class, "send", url, String.valueOf(COUNT));
  }

  private static void await(Process side) throws Exception {
    assertThat(side.inputReader().readLine()).isEqualTo("complete");
    assertThat(side.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(side.exitValue()).isZero();
  }

  /** Whether the links are what they are meant to be. */
  @Test
  void messages_ofTcp_arriveToo() throws Exception {
    try (NamespaceLink link = NamespaceLink.faulty(1_500, "loss=0.01", "reorder=0.01")) {
      converse(link, "tcp://" + NamespaceLink.RIGHT + ":7000");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {UDP, IP, UDP6, IP6})
  void messages_overACleanLink_arrive(String url) throws Exception {
    try (NamespaceLink link = NamespaceLink.clean(1_500)) {
      converse(link, url);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1_280, 9_000})
  void messages_overAnotherMtu_arrive(int mtu) throws Exception {
    for (String url : new String[] {UDP, IP}) {
      try (NamespaceLink link = NamespaceLink.clean(mtu)) {
        converse(link, url);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"loss=0.01", "loss=0.05", "loss=0.2"})
  void messages_overALinkThatLoses_arrive(String loss) throws Exception {
    for (String url : new String[] {UDP, IP}) {
      try (NamespaceLink link = NamespaceLink.faulty(1_500, loss, "delay=200")) {
        converse(link, url);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reorder=0.1", "duplicate=0.1", "corrupt=0.05"})
  void messages_overALinkThatErrs_arrive(String fault) throws Exception {
    for (String url : new String[] {UDP, IP}) {
      try (NamespaceLink link = NamespaceLink.faulty(1_500, fault, "delay=200")) {
        converse(link, url);
      }
    }
  }

  @Test
  void messages_overALinkThatDoesItAll_arrive() throws Exception {
    try (NamespaceLink link =
        NamespaceLink.faulty(
            1_280, "loss=0.02", "reorder=0.02", "duplicate=0.02", "corrupt=0.02", "delay=1000")) {
      converse(link, IP);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {UDP, IP})
  void messages_afterTenSecondsOfDarkness_goOn(String url) throws Exception {
    try (NamespaceLink link = NamespaceLink.faulty(1_500, "delay=2000")) {
      Process receiver = receiver(link, url);
      Process sender =
          link.startLeft(NumberedMessages.class, "halting", url, String.valueOf(COUNT));
      assertThat(sender.inputReader().readLine()).isEqualTo("half");
      link.setDown(true);
      sender.outputWriter().append('\n').flush();
      // The link is what is tested: only real time makes it dark for so long.
      assertThat(sender.waitFor(10, TimeUnit.SECONDS)).isFalse();
      link.setDown(false);
      await(sender);
      await(receiver);
    }
  }
}
