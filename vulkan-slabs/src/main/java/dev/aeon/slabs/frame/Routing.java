package dev.aeon.slabs.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.MemorySegment;

/** Hashes of keys and topics: the same in every process, for they decide who serves what. */
public final class Routing {
  private static final SipHash HASH = new SipHash(0x50_73_79_6e_65L, 0x72_6f_75_74_65L);

  private Routing() {}

  public static long ofKey(long key) {
    return HASH.hash(key);
  }

  public static long ofText(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return HASH.hash(MemorySegment.ofArray(bytes), 0, bytes.length);
  }
}
