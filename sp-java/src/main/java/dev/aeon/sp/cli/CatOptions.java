package dev.aeon.sp.cli;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** nngcat's options, taken in the order of the command line; a wrong one ends the command. */
final class CatOptions {
  final List<CatAddress> addresses = new ArrayList<>();
  final List<String> topics = new ArrayList<>();
  private final Console console;
  @Nullable Protocol protocol;
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
    speak(Protocol.REQ0);
  }

  @Option(names = "--rep0")
  void rep(boolean on) {
    speak(Protocol.REP0);
  }

  @Option(names = "--push0")
  void push(boolean on) {
    speak(Protocol.PUSH0);
  }

  @Option(names = "--pull0")
  void pull(boolean on) {
    speak(Protocol.PULL0);
  }

  @Option(names = "--pub0")
  void pub(boolean on) {
    speak(Protocol.PUB0);
  }

  @Option(names = {"--sub0", "--sub"})
  void sub(boolean on) {
    speak(Protocol.SUB0);
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

  private void speak(Protocol wanted) {
    if (protocol != null) {
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
