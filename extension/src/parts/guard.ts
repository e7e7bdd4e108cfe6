// What may go out and what may not: of interest once there is a field to write to a buyer in.

import { outgoing } from "../guard/outgoing";
import { parts } from "../shared/parts";

parts().guard = outgoing;
