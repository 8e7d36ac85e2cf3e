package dev.aeon.apm.security;

import dev.aeon.apm.message.AgentId;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The keys that are believed. To change one, add its successor everywhere, then let it sign, and
 * take the old one out once no message that it signed is of use any more. Thread-safe.
 */
public final class Keyring {
  private final ConcurrentMap<String, AgentKey> keys = new ConcurrentHashMap<>();

  /** Believes nobody yet. */
  public Keyring() {}

  /**
   * Adds a key.
   *
   * @throws IllegalArgumentException where there is another key of that id
   */
  public void add(AgentKey key) {
    AgentKey present = keys.putIfAbsent(key.keyId(), key);
    if (present != null && !present.equals(key)) {
      throw new IllegalArgumentException("key id is taken: keyId=" + key.keyId());
    }
  }

  /** Believes a key no more, whenever what it signed was written. */
  public void remove(String keyId) {
    keys.remove(keyId);
  }

  Optional<AgentKey> find(String keyId) {
    return Optional.ofNullable(keys.get(keyId));
  }

  /** What an agent signs with now: of its keys that count, the one that began last. */
  Optional<AgentKey> signingKey(AgentId owner, Instant now) {
    return keys.values().stream()
        .filter(key -> key.owner().equals(owner) && key.canSign() && key.isValidAt(now))
        .max(Comparator.comparing(AgentKey::notBefore).thenComparing(AgentKey::keyId));
  }
}
