package dev.aeon.sp.cli;

import dev.aeon.sp.SpProtocol;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** nngcat's options, taken in the order of the command line; a wrong one ends the command. */
final class CatOptions {
  final List<CatAddress> addresses = new ArrayList<>();
  final List<String> topics = new ArrayList<>();
  @Mixin final CatTls tls;
  private final Console console;
  private boolean pairOfAnyVersion;
  @Nullable SpProtocol protocol;
  @Nullable MessageFormat format;
  byte @Nullable [] data;
  boolean verbose;
  boolean compatible;
  boolean async;
  int count;
  Duration delay = Duration.ZERO;
  @Nullable Duration interval;
  @Nullable Duration sendTimeout;
  @Nullable Duration receiveTimeout;
  @Nullable Integer maxReceiveSize;

  @Parameters(hidden = true)
  private @Nullable List<String> ignored;

  CatOptions(Console console) {
    this.console = console;
    this.tls = new CatTls(console);
  }

  @Option(names = {"--help", "-h"})
  void help(boolean wanted) {
    if (wanted) {
      throw new CatHelpException(CatHelp.USAGE, 1);
    }
  }

  @Option(names = {"--version", "-V"})
  void version(boolean wanted) {
    if (wanted) {
      throw new CatHelpException(SpCommand.VERSION + "\n", 0);
    }
  }

  @Option(names = {"--verbose", "-v"})
  void verbose(boolean on) {
    verbose = true;
  }

  @Option(names = {"--silent", "-q"})
  void silent(boolean on) {
    verbose = false;
  }

  @Option(names = "--req0")
  void req(boolean on) {
    speak(SpProtocol.REQ);
  }

  @Option(names = "--rep0")
  void rep(boolean on) {
    speak(SpProtocol.REP);
  }

  @Option(names = "--push0")
  void push(boolean on) {
    speak(SpProtocol.PUSH);
  }

  @Option(names = "--pull0")
  void pull(boolean on) {
    speak(SpProtocol.PULL);
  }

  @Option(names = "--pub0")
  void pub(boolean on) {
    speak(SpProtocol.PUB);
  }

  @Option(names = {"--sub0", "--sub"})
  void sub(boolean on) {
    speak(SpProtocol.SUB);
  }

  @Option(names = "--surveyor0")
  void surveyor(boolean on) {
    speak(SpProtocol.SURVEYOR);
  }

  @Option(names = "--respondent0")
  void respondent(boolean on) {
    speak(SpProtocol.RESPONDENT);
  }

  @Option(names = "--bus0")
  void bus(boolean on) {
    speak(SpProtocol.BUS);
  }

  @Option(names = "--pair0")
  void pair0(boolean on) {
    speak(SpProtocol.PAIR);
  }

  @Option(names = "--pair1")
  void pair1(boolean on) {
    speak(SpProtocol.PAIR1);
  }

  @Option(names = "--pair")
  void pair(boolean on) {
    speak(SpProtocol.PAIR1);
    protocol = null;
    pairOfAnyVersion = true;
  }

  @Option(names = {"--dial", "--connect"})
  void dial(String url) {
    addresses.add(CatAddress.dial(url));
  }

  @Option(names = {"--listen", "--bind"})
  void listen(String url) {
    addresses.add(CatAddress.listen(url));
  }

  @Option(names = {"--connect-ipc", "-x"})
  void dialPath(String path) {
    addresses.add(CatAddress.dial(CatAddress.ofPath(path)));
  }

  @Option(names = {"--bind-ipc", "-X"})
  void listenPath(String path) {
    addresses.add(CatAddress.listen(CatAddress.ofPath(path)));
  }

  @Option(names = {"--connect-local", "-l"})
  void dialPort(String port) {
    addresses.add(CatAddress.dial(CatAddress.ofPort(port)));
  }

  @Option(names = {"--bind-local", "-L"})
  void listenPort(String port) {
    addresses.add(CatAddress.listen(CatAddress.ofPort(port)));
  }

  @Option(names = {"--data", "-D"})
  void data(String text) {
    setData(text.getBytes(StandardCharsets.UTF_8));
  }

  @Option(names = {"--file", "-F"})
  void file(String path) {
    setData(CatFiles.read(path, console));
  }

  @Option(names = "--subscribe")
  void subscribe(String topic) {
    topics.add(topic);
  }

  @Option(names = "--format")
  void format(String name) {
    try {
      setFormat(MessageFormat.valueOf(name.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      throw new FatalException("Invalid format specified.");
    }
  }

  @Option(names = "--raw")
  void raw(boolean on) {
    setFormat(MessageFormat.RAW);
  }

  @Option(names = {"--ascii", "-A"})
  void ascii(boolean on) {
    setFormat(MessageFormat.ASCII);
  }

  @Option(names = {"--quoted", "-Q"})
  void quoted(boolean on) {
    setFormat(MessageFormat.QUOTED);
  }

  @Option(names = "--hex")
  void hex(boolean on) {
    setFormat(MessageFormat.HEX);
  }

  @Option(names = "--msgpack")
  void msgpack(boolean on) {
    setFormat(MessageFormat.MSGPACK);
  }

  @Option(names = {"--recv-maxsz", "-Z"})
  void maxReceiveSize(String size) {
    int bytes = CatNumbers.parse(size, Integer.MAX_VALUE);
    maxReceiveSize = bytes == 0 ? Integer.MAX_VALUE : bytes;
  }

  @Option(names = {"--count", "-C"})
  void count(String number) {
    count = CatNumbers.parse(number, Integer.MAX_VALUE);
  }

  @Option(names = {"--delay", "-d"})
  void delay(String seconds) {
    delay = CatNumbers.seconds(seconds);
  }

  @Option(names = {"--interval", "-i"})
  void interval(String seconds) {
    interval = CatNumbers.seconds(seconds);
  }

  @Option(names = "--send-timeout")
  void sendTimeout(String seconds) {
    sendTimeout = CatNumbers.seconds(seconds);
  }

  @Option(names = "--recv-timeout")
  void receiveTimeout(String seconds) {
    receiveTimeout = CatNumbers.seconds(seconds);
  }

  @Option(names = "--compat")
  void compatible(boolean on) {
    compatible = true;
  }

  @Option(names = "--async")
  void async(boolean on) {
    async = true;
  }

  /** What the socket speaks; {@code --pair} is version 1 unless it has to be compatible. */
  SpProtocol protocol() {
    if (pairOfAnyVersion) {
      return compatible ? SpProtocol.PAIR : SpProtocol.PAIR1;
    }
    if (protocol == null) {
      throw new FatalException("No protocol specified.");
    }
    return protocol;
  }

  private void speak(SpProtocol wanted) {
    if (protocol != null || pairOfAnyVersion) {
      throw new FatalException("Only one protocol may be specified.");
    }
    protocol = wanted;
  }

  private void setData(byte[] bytes) {
    if (data != null) {
      throw new FatalException("Data (--file, --data) may be specified only once.");
    }
    data = bytes;
  }

  private void setFormat(MessageFormat wanted) {
    if (format != null) {
      throw new FatalException("Format may be specified only once.");
    }
    format = wanted;
  }
}
