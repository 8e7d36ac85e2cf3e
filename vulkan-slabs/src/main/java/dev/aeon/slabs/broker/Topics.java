package dev.aeon.slabs.broker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Who has subscribed to what, and what each topic carries. For the broker's thread. */
final class Topics {
  /** What a topic carries, fixed by whoever names it first while anybody subscribes. */
  private record Topic(long schema, List<Subscription> subscriptions) {}

  private final Map<Long, Topic> byHash = new HashMap<>();

  /** Whether a topic carries that schema, or nothing yet. */
  boolean accepts(long topicHash, long schema) {
    Topic topic = byHash.get(topicHash);
    return topic == null || topic.schema == schema;
  }

  void subscribe(long topicHash, long schema, Subscription subscription) {
    List<Subscription> next = new ArrayList<>(subscriptions(topicHash));
    next.add(subscription);
    byHash.put(topicHash, new Topic(schema, List.copyOf(next)));
  }

  void unsubscribe(long topicHash, Client client, long requestId) {
    retain(topicHash, each -> each.client() != client || each.requestId() != requestId);
  }

  void forget(Client client) {
    List.copyOf(byHash.keySet()).forEach(topic -> retain(topic, each -> each.client() != client));
  }

  /** Those of a topic; the list never changes. */
  List<Subscription> subscriptions(long topicHash) {
    Topic topic = byHash.get(topicHash);
    return topic == null ? List.of() : topic.subscriptions;
  }

  int subscriptionCount() {
    return byHash.values().stream().mapToInt(topic -> topic.subscriptions.size()).sum();
  }

  private void retain(long topicHash, Predicate<Subscription> stays) {
    Topic topic = byHash.get(topicHash);
    if (topic == null) {
      return;
    }
    List<Subscription> left = topic.subscriptions.stream().filter(stays).toList();
    if (left.isEmpty()) {
      byHash.remove(topicHash);
    } else {
      byHash.put(topicHash, new Topic(topic.schema, left));
    }
  }
}
