import { look, watch } from "../live/chat";
import { parts } from "../shared/parts";

parts().health = { look, watch };
