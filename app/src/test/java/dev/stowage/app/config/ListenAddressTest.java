package dev.stowage.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:5000,127.0.0.1,5000",
    "localhost:0,localhost,0",
    "registry.example:65535,registry.example,65535",
    "[::1]:80,::1,80",
    "[fe80::1%eth0]:443,fe80::1%eth0,443",
    "0.0.0.0:00080,0.0.0.0,80"
  })
  void readsAHostAndAPort(String text, String host, int port) throws SettingException {
    assertEquals(new ListenAddress(host, port), ListenAddress.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "5000",
        ":5000",
        " :5000",
        "[]:5000",
        "localhost",
        "localhost:",
        "localhost:-1",
        "localhost:+1",
        "localhost:65536",
        "localhost:999999",
        "localhost:http",
        "localhost: 80",
        "[localhost]:80",
        "[::1]",
        "[::1]80",
        "a b:80",
        "host/path:80",
        "::1:5000",
        "::1",
        "[::1:5000",
        "::1]:5000",
        "http://localhost:5000"
      })
  void refusesWhatIsNoHostAndPort(String text) {
    assertEquals("expected HOST:PORT, as in 127.0.0.1:5000 or [::1]:5000", refusal(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:5000", "127.0.0.1:0", "[::1]:80", "[fe80::1%eth0]:443"})
  void isWrittenAsItIsRead(String text) throws SettingException {
    assertEquals(text, ListenAddress.parse(text).toString());
  }

  private static String refusal(String text) {
    return assertThrows(SettingException.class, () -> ListenAddress.parse(text)).getMessage();
  }
}
