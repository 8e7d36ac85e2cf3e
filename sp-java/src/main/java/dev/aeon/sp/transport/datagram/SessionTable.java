package dev.aeon.sp.transport.datagram;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pipes of an endpoint by either side's session. Confined to its strand. */
final class SessionTable {
  private final Map<Long, Entry> byLocal = new HashMap<>();
  private final Map<Long, Entry> byRemote = new HashMap<>();
  private @Nullable Entry last;

  /** One pipe and its exchange. */
  record Entry(DatagramPipe pipe, OpeningExchange exchange) {}

  void add(DatagramPipe pipe, OpeningExchange exchange) {
    byLocal.put(exchange.localSession(), new Entry(pipe, exchange));
  }

  /** The pipe's remote session has become known. */
  void bindRemote(OpeningExchange exchange) {
    Entry entry = byLocal.get(exchange.localSession());
    if (entry != null) {
      byRemote.put(exchange.remoteSession(), entry);
    }
  }

  /** Who has this session here; packets of one peer often come one after another. */
  @Nullable Entry ofLocal(long session, PeerAddress from) {
    Entry entry = ofLocal(session);
    return isFrom(entry, from) ? entry : null;
  }

  private @Nullable Entry ofLocal(long session) {
    Entry recent = last;
    if (recent == null || recent.exchange().localSession() != session) {
      recent = byLocal.get(session);
      last = recent;
    }
    return recent;
  }

  /** Who has this session here, and its peer's companion there. */
  @Nullable Entry ofCompanion(long session, PeerAddress from) {
    Entry entry = ofLocal(session);
    return entry != null && entry.pipe().isCompanion(from) ? entry : null;
  }

  /** Who has this session there. */
  @Nullable Entry ofRemote(long session, PeerAddress from) {
    Entry entry = byRemote.get(session);
    return isFrom(entry, from) ? entry : null;
  }

  private static boolean isFrom(@Nullable Entry entry, PeerAddress from) {
    return entry != null && entry.exchange().peer().equals(from);
  }

  @SuppressWarnings("ReferenceEquality") // a pipe is itself
  void remove(DatagramPipe pipe) {
    last = null;
    byLocal.values().removeIf(entry -> entry.pipe() == pipe);
    byRemote.values().removeIf(entry -> entry.pipe() == pipe);
  }

  /** All of them, as of now. */
  List<DatagramPipe> pipes() {
    return byLocal.values().stream().map(Entry::pipe).toList();
  }

  boolean isEmpty() {
    return byLocal.isEmpty();
  }

  int count() {
    return byLocal.size();
  }
}
