// Another way to say what stands in the bar: of interest when the first does not please.

import { Others } from "../others/others";
import { parts } from "../shared/parts";

const others = new Others();
parts().others = (...asked) => others.after(...asked);
