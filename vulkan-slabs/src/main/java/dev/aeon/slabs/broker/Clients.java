package dev.aeon.slabs.broker;

import dev.aeon.slabs.transport.Connection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The clients of a broker, found by a number that no two of them ever share. */
final class Clients {
  private final List<Client> all = new ArrayList<>();
  private final List<@Nullable Client> byIndex = new ArrayList<>();
  private long generation;

  List<Client> all() {
    return all;
  }

  Client add(Connection connection) {
    int index = byIndex.indexOf(null);
    if (index < 0) {
      index = byIndex.size();
      byIndex.add(null);
    }
    generation++;
    Client client = new Client(generation << Integer.SIZE | index, connection);
    byIndex.set(index, client);
    all.add(client);
    return client;
  }

  /** The client of that number, or null where it has gone. */
  @Nullable Client find(long slot) {
    Client client = byIndex.get((int) slot);
    return client == null || client.slot() != slot ? null : client;
  }

  void remove(Client client) {
    byIndex.set((int) client.slot(), null);
    all.remove(client);
  }
}
