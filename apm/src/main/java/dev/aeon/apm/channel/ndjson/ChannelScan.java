package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.ChannelName;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.Scan;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the channels of a directory: it makes no file and takes no lock. Torn lines are never
 * delivered.
 */
final class ChannelScan implements Scan {
  private static final Logger LOG = LoggerFactory.getLogger(ChannelScan.class);

  private final Path root;
  private final Predicate<ChannelName> wanted;
  private final InboxListener listener;
  private final byte[] buffer = new byte[Follower.BUFFER_BYTE_SIZE];
  private final TreeMap<String, Follower> followers = new TreeMap<>();
  private final Set<Path> refused = new HashSet<>();

  /** Of the followed channels, by name. */
  private final Set<String> unreadable = new HashSet<>();

  private final DirectoryWatch watch;

  /** How many of a channel's last lines are delivered, as long as channels are there already. */
  private OptionalInt lastLines = OptionalInt.empty();

  private ChannelScan(
      Path root, Predicate<ChannelName> wanted, InboxListener listener, DirectoryWatch watch) {
    this.root = root;
    this.wanted = wanted;
    this.listener = listener;
    this.watch = watch;
  }

  /**
   * Over the channels that {@code wanted} holds for, those made later too, each from its first byte
   * on that is kept.
   *
   * @param listener called by {@link #advance}
   * @throws ChannelException where the directory cannot be read
   */
  static ChannelScan open(
      Path apmDirectory, Predicate<ChannelName> wanted, InboxListener listener) {
    Path root = root(apmDirectory);
    DirectoryWatch watch = DirectoryWatch.open(root);
    try {
      watch.add(root);
    } catch (IOException e) {
      watch.close();
      throw ChannelDirectory.io("cannot watch: path=" + root, e);
    }
    return new ChannelScan(root, wanted, listener, watch);
  }

  /** As {@link #open}, but of each channel that is there already only the last lines. */
  static ChannelScan openAtLast(
      int lineCount, Path apmDirectory, Predicate<ChannelName> wanted, InboxListener listener) {
    ChannelScan scan = open(apmDirectory, wanted, listener);
    scan.lastLines = OptionalInt.of(lineCount);
    try {
      scan.discover();
    } catch (IOException e) {
      scan.close();
      throw ChannelDirectory.io("cannot list: path=" + scan.root, e);
    }
    scan.lastLines = OptionalInt.empty();
    return scan;
  }

  private static Path root(Path apmDirectory) {
    Path root = apmDirectory.resolve("channels");
    try {
      return root.toRealPath();
    } catch (IOException e) {
      throw ChannelDirectory.io("cannot read: path=" + root, e);
    }
  }

  /** The channels of a directory, by name; what is none is left out. */
  static List<ChannelName> channels(Path apmDirectory) {
    Path root = root(apmDirectory);
    List<ChannelName> names = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(root, "*_to_*")) {
      for (Path path : found) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          ChannelName.parse(path.getFileName().toString()).ifPresent(names::add);
        }
      }
    } catch (IOException e) {
      throw ChannelDirectory.io("cannot list: path=" + root, e);
    }
    names.sort(Comparator.comparing(ChannelName::toString));
    return names;
  }

  @Override
  public boolean advance() {
    try {
      discover();
      boolean isNews = false;
      for (Map.Entry<String, Follower> each : followers.entrySet()) {
        isNews |= !unreadable.contains(each.getKey()) && advance(each.getKey(), each.getValue());
      }
      return isNews;
    } catch (IOException e) {
      throw ChannelDirectory.io("cannot read: path=" + root, e);
    }
  }

  /** A channel that cannot be read does not hide the others. */
  private boolean advance(String name, Follower follower) {
    boolean isNews = false;
    try {
      while (follower.advance()) {
        isNews = true;
      }
    } catch (IOException e) {
      unreadable.add(name);
      LOG.warn("cannot be read, left out: channel={}", name, e);
    }
    return isNews;
  }

  @Override
  public void await() throws InterruptedException {
    Optional<Set<Path>> _ = watch.await(false);
  }

  @Override
  public void close() {
    watch.close();
    for (Follower follower : followers.values()) {
      try {
        follower.close();
      } catch (IOException e) {
        LOG.debug("cannot close", e);
      }
    }
  }

  private void discover() throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(root, "*_to_*")) {
      for (Path path : found) {
        String name = path.getFileName().toString();
        if (!followers.containsKey(name)) {
          Optional<ChannelName> channel = ChannelName.parse(name).filter(wanted);
          if (channel.isPresent()) {
            follow(path, channel.get());
          }
        }
      }
    }
  }

  private void follow(Path path, ChannelName name) {
    if (!Files.exists(path.resolve("channel.json"), LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      ChannelDirectory directory = ChannelDirectory.existing(path, name.receiver());
      Cursor cursor = Cursor.forgetfulFrom(start(directory));
      watch.add(path);
      followers.put(
          name.toString(), new Follower(directory, Commits.ignored(), cursor, buffer, listener));
    } catch (ChannelException | IOException e) {
      if (refused.add(path)) {
        LOG.warn("not a channel, left alone: path={}", path, e);
      }
    }
  }

  private long start(ChannelDirectory directory) throws IOException {
    try (ChannelLog log = new ChannelLog(directory)) {
      return lastLines.isPresent() ? LastLines.start(log, lastLines.getAsInt()) : log.nearest(0);
    }
  }
}
