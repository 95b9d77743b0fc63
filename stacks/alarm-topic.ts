import { stage } from "./stage.ts";

/** Where alarms are sent: by mail, and on a second way where one is set. */
export function createAlarmTopic(): sst.aws.SnsTopic {
  const topic = new sst.aws.SnsTopic("Alarms");
  const subscribe = (name: string, protocol: string, endpoint: string) =>
    new aws.sns.TopicSubscription(name, { topic: topic.arn, protocol, endpoint });
  if (stage.alarmEmail) subscribe("AlarmsByMail", "email", stage.alarmEmail);
  if (stage.alarmPager)
    subscribe("AlarmsByPager", stage.alarmPager.startsWith("https://") ? "https" : "sms", stage.alarmPager);
  return topic;
}
