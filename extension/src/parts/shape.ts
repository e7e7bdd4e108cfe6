import { parts } from "../shared/parts";
import { misfits } from "../sites/misfits";

parts().shape = misfits;
