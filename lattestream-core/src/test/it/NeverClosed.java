import com.lattestream.core.LatteStreamClient;
import java.util.Map;

/** A program that forgets to close its client. */
public class NeverClosed {

    public static void main(String[] args) {
        LatteStreamClient client =
                LatteStreamClient.builder("lsk_test_secret").endpoint(args[0]).useTls(false).build();
        client.trigger("chat", "message", Map.of("text", "Hello")).join();
        System.out.println("delivered: " + client.statistics().delivered());
    }
}
