import { parts } from "../shared/parts";
import { toneChoice } from "../tone/choice";

parts().tone = toneChoice;
