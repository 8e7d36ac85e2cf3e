package dev.aeon.slabs.transport;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Shared memory with every record sealed, and a new key every hundred records. */
class SealedTransportTest extends TransportContract {
  private static final ChannelKey KEY = ChannelKey.generate();

  @TempDir Path folder;
  private int count;

  @Override
  String url() {
    return "shm://" + folder.resolve("s" + count++);
  }

  @Override
  ConnectionOptions options() {
    return super.options().withKey(KEY).withRecordsPerEpoch(100);
  }
}
