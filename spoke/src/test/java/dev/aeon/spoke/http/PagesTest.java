package dev.aeon.spoke.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.spoke.access.Grant;
import dev.aeon.spoke.access.Role;
import dev.aeon.spoke.access.TokenFile;
import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages, in a browser. */
class PagesTest {
  private static final String ORDER =
      """
      syntax = "proto3";
      package shop;
      import "acme/common/types.proto";
      // What is bought. <img src=x onerror="document.title='owned'">
      message Order {
        acme.common.Id id = 1;
        // In cents, <b>gross</b>.
        map<string, Price> total_by_currency = 2;
        message Price { optional int64 cents = 1; }
      }
      service Orders { rpc Watch(Order) returns (stream Order); }
      """;

  @TempDir static Path folder;
  private static SpokeServer server;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    server = SpokeServer.start(SpokeServerConfig.embedded(folder.resolve("storage")));
    browser = Browser.start(folder.resolve("browser"));
    try (SpokeClient client = new SpokeClient(server.uri())) {
      push(
          client,
          "acme/common",
          "v1.0.0",
          "types.proto",
          "syntax = \"proto3\"; package acme.common; message Id { int32 n = 1; }");
      push(client, "order", "v1.0.0", "order.proto", ORDER.replace("service Orders", "// service"));
      push(client, "order", "v1.1.0", "order.proto", ORDER);
    }
  }

  private static void push(
      SpokeClient client, String module, String version, String path, String text) {
    ModuleContent content =
        ModuleContent.of(new TreeMap<>(Map.of(new ProtoPath(path), text.getBytes(UTF_8))));
    client.push(new ModuleName(module), Version.parse(version), "", content, List.of());
  }

  @AfterAll
  static void stop() {
    browser.close();
    server.close();
  }

  @Test
  void visitor_goesFromTheModulesToAFile() {
    open("");
    click("a", "order");
    awaitHeading("order");
    click("a", "v1.1.0");
    awaitHeading("order v1.1.0");
    browser.await("document.querySelector('pre.source').textContent.includes('message Order')");
    assertThat(textOf("[aria-current=page]")).contains("Files");
    browser.await("document.querySelector('.keyword').textContent === 'syntax'");
  }

  @Test
  void startOfTheServer_leadsToThePages() {
    browser.open(server.uri() + "/");
    awaitHeading("Modules");
    assertThat(browser.evaluate("location.pathname").asString()).isEqualTo("/ui/");
  }

  @Test
  void documentation_showsTypesAndCommentsAsText() {
    open("modules/order/v1.1.0/docs");
    awaitLoaded("document.querySelector('article')");
    assertThat(textOf("main"))
        .contains(
            "map<string, shop.Order.Price>",
            "In cents, <b>gross</b>.",
            "optional int64",
            "stream shop.Order",
            "<img src=x");
    assertThat(browser.evaluate("document.querySelectorAll('main img, main b').length").asInt())
        .isZero();
    click("td a", "shop.Order.Price");
    browser.await("location.hash.endsWith('docs/shop.Order.Price')");
    assertThat(browser.evaluate("document.title").asString()).isEqualTo("order v1.1.0 · Spoke");
  }

  @Test
  void documentation_ofAnImportedType_leadsToTheVersionThatItIsOf() {
    open("modules/order/v1.1.0/docs");
    click("td a", "acme.common.Id");
    awaitHeading("acme/common v1.0.0");
    browser.await("document.getElementById('acme.common.Id')");
  }

  @Test
  void changes_showWhatWasAdded() {
    open("modules/order/v1.1.0/changes");
    awaitLoaded("document.querySelector('ins')");
    assertThat(textOf("ins")).contains("service Orders");
    assertThat(textOf("del")).contains("// service");
  }

  @Test
  void graph_isDrawnAndListed() {
    open("modules/acme%2Fcommon/v1.0.0/graph");
    awaitLoaded("document.querySelectorAll('svg rect').length === 3");
    assertThat(textOf("main"))
        .contains("It depends on nothing.", "order@v1.1.0 → acme/common@v1.0.0");
  }

  @Test
  void search_findsAFieldAndLeadsToItsFile() {
    open("");
    browser.await("document.querySelector('input[type=search]')");
    browser.evaluate(
        "document.querySelector('input[type=search]').value = 'kind:field currency';"
            + "document.querySelector('[role=search] button').click()");
    awaitLoaded("document.querySelector('.hits a')");
    assertThat(textOf(".hits")).contains("total_by_currency", "order@v1.1.0");
    browser.evaluate("document.querySelector('.hits a').click()");
    browser.await("document.querySelector('pre.source').textContent.includes('message Order')");
  }

  @Test
  void generatedCode_isFetched() {
    open("modules/order/v1.1.0/code");
    browser.await("document.querySelector('[aria-label=\"Python as zip\"]')");
    browser.evaluate("document.querySelector('[aria-label=\"Python as zip\"]').click()");
    browser.await(
        "document.querySelector('[role=status]').textContent === 'Saved order-v1.1.0-python.zip'");
  }

  @Test
  void unknownModule_isSaidToBeMissing() {
    open("modules/nothing");
    browser.await("document.querySelector('[role=alert]')");
    assertThat(textOf("[role=alert]")).contains("no such module");
  }

  @Test
  void serverThatWantsAToken_showsWhatTheTokenMayRead() throws IOException {
    Path storage = Files.createDirectories(folder.resolve("guarded/.spoke")).getParent();
    String secret = token(storage);
    try (SpokeServer guarded =
        SpokeServer.start(SpokeServerConfig.embedded(storage).withAnonymousRole(Role.NONE))) {
      browser.open(guarded.uri() + "/ui/");
      browser.await("document.querySelector('[role=alert]')");
      click("button", "Sign in");
      browser.await("document.querySelector('input[type=password]')");
      browser.evaluate(
          "document.querySelector('input[type=password]').value = '"
              + secret
              + "';"
              + "document.querySelector('nav form button').click()");
      browser.await("document.querySelector('.modules').textContent.includes('no modules yet')");
    }
  }

  private static String token(Path storage) {
    return new TokenFile(storage.resolve(".spoke/tokens.json"))
        .create("visitor", List.of(Grant.ofAll(Role.READ)), Instant.now(), null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "search/order",
        "modules/order",
        "modules/order/v1.1.0",
        "modules/order/v1.1.0/docs",
        "modules/order/v1.1.0/changes",
        "modules/order/v1.1.0/graph",
        "modules/order/v1.1.0/code"
      })
  void page_always_namesItsPartsForThoseWhoDoNotSeeThem(String page) {
    open(page);
    awaitLoaded("document.querySelector('h1')");
    String nameless =
        "[...document.querySelectorAll('a, button, input, select, nav, section, svg[role]')]"
            + ".filter(each => !(each.textContent.trim() || each.ariaLabel"
            + " || each.labels?.length || each.getAttribute('aria-labelledby')))"
            + ".map(each => each.outerHTML).join()";
    assertThat(browser.evaluate(nameless).asString()).isEmpty();
    assertThat(browser.evaluate("document.querySelectorAll('h1, main').length").asInt())
        .isEqualTo(2);
    assertThat(browser.evaluate("document.documentElement.lang").asString()).isEqualTo("en");
    assertThat(browser.complaints()).isEmpty();
  }

  private static void open(String page) {
    browser.open("about:blank");
    browser.open(server.uri() + "/ui/#/" + page);
  }

  /** Waits for one part of a page and for all others, which are asked for one by one. */
  private static void awaitLoaded(String part) {
    browser.await(part + " && !document.body.textContent.includes('Loading…')");
  }

  private static void awaitHeading(String text) {
    browser.await("document.querySelector('h1').textContent === '" + text + "'");
  }

  private static void click(String selector, String text) {
    String found =
        "[...document.querySelectorAll('%s')].find(each => each.textContent === '%s')"
            .formatted(selector, text);
    browser.await(found);
    browser.evaluate(found + ".click()");
  }

  private static String textOf(String selector) {
    return browser
        .evaluate(
            "[...document.querySelectorAll('"
                + selector
                + "')].map(each => each.textContent).join('\\n')")
        .asString();
  }
}
