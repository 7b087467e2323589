import java.net.HttpURLConnection;
import java.net.URI;

/** Ends with 0 where the server on this machine is ready; for images that have no curl. */
final class Healthcheck {
    private static final int MILLIS = 4_000;

    private Healthcheck() {}

    public static void main(String... arguments) throws Exception {
        String port = System.getenv().getOrDefault("MINEROPS_PORT", "5050");
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + "/readyz").toURL().openConnection();
        connection.setConnectTimeout(MILLIS);
        connection.setReadTimeout(MILLIS);
        System.exit(connection.getResponseCode() == HttpURLConnection.HTTP_OK ? 0 : 1);
    }
}
