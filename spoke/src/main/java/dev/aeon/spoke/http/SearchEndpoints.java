package dev.aeon.spoke.http;

import dev.aeon.spoke.access.Role;
import dev.aeon.spoke.api.SearchResult;
import dev.aeon.spoke.search.SchemaSearch;
import java.util.List;

/** Search over everything that can be read. */
final class SearchEndpoints {
  private final SchemaSearch search;

  SearchEndpoints(SchemaSearch search) {
    this.search = search;
  }

  List<Endpoint> all() {
    return List.of(
        Endpoint.get(
                "/search",
                "Find modules, messages, fields, enums, services and methods by words",
                SearchResult.class,
                this::find)
            .withQueries("q", "limit"));
  }

  private Answer find(Call call) {
    return Answer.json(
        search.find(
            call.query("q").orElse(""),
            call.limit(),
            module -> call.caller().may(Role.READ, module)));
  }
}
