import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamTemplate;
import java.util.Map;

/** A program with only the jar of core and its dependencies on its classpath. */
public class WithoutSpring {

    public static void main(String[] args) {
        try {
            Class.forName("org.springframework.core.SpringVersion");
            System.out.println("Spring is on the classpath");
            return;
        } catch (ClassNotFoundException ex) {
            System.out.println("no Spring");
        }
        try (LatteStreamClient client =
                LatteStreamClient.builder("lsk_test_secret").endpoint(args[0]).useTls(false).build()) {
            LatteStreamTemplate template = new LatteStreamTemplate(client);
            template.trigger("chat", "message", Map.of("text", "Hello"));
            template.flushBatch().join();
            System.out.println("occupied: " + template.getChannelInfo("chat").occupied());
        }
    }
}
