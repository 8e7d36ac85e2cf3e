package dev.aeon.slabs.transport;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * How two ends come by the keys of their connection: the first record of either is a random salt,
 * and both salts go into the keys. Nobody waits: until the other's salt is there, nothing can be
 * written or read. Thread-safe.
 */
final class SealedGreeting {
  private static final int SALT_BYTES = 32;

  /** The ciphers of an end's two directions. */
  record Ciphers(RecordCipher outgoing, RecordCipher incoming) {}

  private final Connection connection;
  private final ChannelKey key;
  private final long recordsPerEpoch;
  private final byte[] ownSalt = new byte[SALT_BYTES];
  private volatile @Nullable Ciphers ciphers;

  SealedGreeting(Connection connection, ChannelKey key, long recordsPerEpoch) {
    this.connection = connection;
    this.key = key;
    this.recordsPerEpoch = recordsPerEpoch;
    new SecureRandom().nextBytes(ownSalt);
    send(connection.outbox());
  }

  private void send(Outbox outbox) {
    long at = outbox.claim(SALT_BYTES);
    if (at == Outbox.FULL) {
      throw new IllegalStateException("connection was used before: peer=" + connection.peer());
    }
    MemorySegment.copy(ownSalt, 0, outbox.segment(), ValueLayout.JAVA_BYTE, at, SALT_BYTES);
    outbox.commit();
  }

  /** The ciphers, or null until the other end's salt has come. */
  @Nullable Ciphers ciphers() {
    Ciphers agreed = ciphers;
    return agreed == null ? agree() : agreed;
  }

  private synchronized @Nullable Ciphers agree() {
    if (ciphers == null) {
      Inbox inbox = connection.inbox();
      long at = inbox.peek();
      if (at == Inbox.EMPTY) {
        return null;
      }
      ciphers = derive(readSalt(inbox, at));
      inbox.release();
    }
    return ciphers;
  }

  private static byte[] readSalt(Inbox inbox, long at) {
    if (inbox.peekedByteSize() != SALT_BYTES) {
      throw new RecordForgedException(
          "the peer does not greet: byteSize=" + inbox.peekedByteSize(), 0);
    }
    byte[] salt = new byte[SALT_BYTES];
    MemorySegment.copy(inbox.segment(), ValueLayout.JAVA_BYTE, at, salt, 0, SALT_BYTES);
    return salt;
  }

  private Ciphers derive(byte[] peerSalt) {
    boolean connector = connection.isConnector();
    byte[] salts = new byte[2 * SALT_BYTES];
    System.arraycopy(ownSalt, 0, salts, connector ? 0 : SALT_BYTES, SALT_BYTES);
    System.arraycopy(peerSalt, 0, salts, connector ? SALT_BYTES : 0, SALT_BYTES);
    byte[] secret = key.connectionSecret(salts);
    RecordCipher fromConnector = cipher(secret, "psyne from connector");
    RecordCipher fromBound = cipher(secret, "psyne from bound");
    return connector
        ? new Ciphers(fromConnector, fromBound)
        : new Ciphers(fromBound, fromConnector);
  }

  private RecordCipher cipher(byte[] secret, String direction) {
    return new RecordCipher(KeyDerivation.expand(secret, direction), recordsPerEpoch);
  }
}
