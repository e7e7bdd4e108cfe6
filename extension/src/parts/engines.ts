import { another } from "../live/another";
import { parts } from "../shared/parts";

parts().engines = another;
